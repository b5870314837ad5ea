"""Calls a running edge as grpcurl does: by server reflection alone, without a .proto file, each request half-closed at once."""
import os
import sys
import uuid
from urllib.parse import urlsplit

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

REFLECTION = "grpc.reflection.v1.ServerReflection"


def reflection_messages(pool):
    """The necessary fields of grpc.reflection.v1."""
    string, raw, message = (getattr(descriptor_pb2.FieldDescriptorProto, f"TYPE_{kind}") for kind in ("STRING", "BYTES", "MESSAGE"))
    file = descriptor_pb2.FileDescriptorProto(name="reflection.proto", package="grpc.reflection.v1", syntax="proto3")
    request = file.message_type.add(name="ServerReflectionRequest")
    request.field.add(name="file_containing_symbol", number=4, type=string, label=1)
    files = file.message_type.add(name="FileDescriptorResponse")
    files.field.add(name="file_descriptor_proto", number=1, type=raw, label=3)
    response = file.message_type.add(name="ServerReflectionResponse")
    response.field.add(name="file_descriptor_response", number=4, type=message, type_name=".grpc.reflection.v1.FileDescriptorResponse", label=1)
    pool.Add(file)
    return [message_class(pool, f"grpc.reflection.v1.{name}") for name in ("ServerReflectionRequest", "ServerReflectionResponse")]


def message_class(pool, name):
    descriptor = pool.FindMessageTypeByName(name)
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(descriptor)
    return message_factory.MessageFactory(pool).GetPrototype(descriptor)


def learn(channel, pool, symbol):
    """Adds the file of a symbol, and its imports, to the pool."""
    request, response = reflection_messages(descriptor_pool.DescriptorPool())
    info = channel.stream_stream(f"/{REFLECTION}/ServerReflectionInfo", request.SerializeToString, response.FromString)
    files = {}
    for answer in info(iter([request(file_containing_symbol=symbol)]), timeout=20):
        for raw in answer.file_descriptor_response.file_descriptor_proto:
            file = descriptor_pb2.FileDescriptorProto.FromString(raw)
            files[file.name] = file

    def add(name):
        file = files.pop(name, None)
        if file is not None:
            for dependency in file.dependency:
                add(dependency)
            pool.Add(file)

    while files:
        add(next(iter(files)))


def main():
    channel = grpc.insecure_channel(urlsplit(os.environ["WEBCHAT_GRPC"]).netloc)
    pool = descriptor_pool.DescriptorPool()
    for service in ("AuthService", "UserService", "ChatService"):
        learn(channel, pool, f"webchat.v1.{service}")

    def call(kind, service, method):
        found = pool.FindServiceByName(f"webchat.v1.{service}").methods_by_name[method]
        request, response = (message_class(pool, each.full_name) for each in (found.input_type, found.output_type))
        return request, getattr(channel, kind)(f"/webchat.v1.{service}/{method}", request.SerializeToString, response.FromString)

    request, sign_up = call("unary_unary", "AuthService", "SignUp")
    credentials = sign_up(request(username=f"u_{uuid.uuid4().hex[:12]}", password="correct horse", nickname="Ann"), timeout=20)
    bearer = [("authorization", f"Bearer {credentials.access_token}")]

    request, export = call("unary_stream", "UserService", "ExportData")
    document = b"".join(piece.data for piece in export(request(), metadata=bearer, timeout=20))
    assert credentials.user.user_id.encode() in document, document

    request, connect = call("stream_stream", "ChatService", "Connect")
    frames = list(connect(iter([request(id="1", hello={}), request(id="2", ping={})]), metadata=bearer, timeout=20))
    assert {frame.reply_to: frame.WhichOneof("body") for frame in frames} == {"1": "welcome", "2": "pong"}, frames

    request, profile = call("unary_unary", "UserService", "GetProfile")
    try:
        profile(request(), timeout=20)
        sys.exit("a request without a token succeeded")
    except grpc.RpcError as error:
        details = dict(error.trailing_metadata())["grpc-status-details-bin"]
        assert error.code() == grpc.StatusCode.UNAUTHENTICATED and b"UNAUTHENTICATED" in details and b"webchat" in details, error


if __name__ == "__main__":
    main()
