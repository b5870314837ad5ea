"""Runs the Python example of docs/clients.md. Makes the modules that it imports by server reflection, in place of grpcio-tools."""
import os
import pathlib
import re
import sys
import types

import grpc
from google.protobuf import descriptor_pool
from reflection import learn, message_class

pool = descriptor_pool.DescriptorPool()
reflected = grpc.insecure_channel(os.environ["WEBCHAT_GRPC"])
webchat = sys.modules["webchat"] = types.ModuleType("webchat")
v1 = sys.modules["webchat.v1"] = webchat.v1 = types.ModuleType("webchat.v1")


def stub_class(service):
    def init(self, channel):
        for method in service.methods:
            kinds = [("stream" if streams else "unary") for streams in (method.client_streaming, method.server_streaming)]
            call = getattr(channel, "_".join(kinds))
            request, response = (message_class(pool, each.full_name) for each in (method.input_type, method.output_type))
            setattr(self, method.name, call(f"/{service.full_name}/{method.name}", request.SerializeToString, response.FromString))

    return type(f"{service.name}Stub", (), {"__init__": init})


for symbol in ("AuthService", "UserService", "ChatService"):
    learn(reflected, pool, f"webchat.v1.{symbol}")
    file = pool.FindFileContainingSymbol(f"webchat.v1.{symbol}")
    name = pathlib.PurePath(file.name).stem
    messages = {each: message_class(pool, message.full_name) for each, message in file.message_types_by_name.items()}
    stubs = {f"{service.name}Stub": stub_class(service) for service in file.services_by_name.values()}
    for module, members in ((f"{name}_pb2", messages), (f"{name}_pb2_grpc", stubs)):
        made = sys.modules[f"webchat.v1.{module}"] = types.ModuleType(f"webchat.v1.{module}")
        vars(made).update(members)
        setattr(v1, module, made)

page = pathlib.Path(__file__).parent.parent.parent / "docs" / "clients.md"
exec(compile(re.search(r"```python\n(.*?)```", page.read_text(), re.S)[1], "chat.py", "exec"))
