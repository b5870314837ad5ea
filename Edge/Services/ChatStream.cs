using Grpc.Core;
using WebChat.Actors.Connections;
using WebChat.Edge.Sessions;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>
/// <c>ChatService</c> as gRPC sees it: what the code generator makes of a service, but for the marshallers. An outgoing
/// frame brings its bytes along, encoded once for all receivers; an incoming one that cannot be read reaches the
/// service as such, which can then say so with the code of the contract.
/// </summary>
public static class ChatStream
{
    private static readonly Method<InboundFrame, OutboundFrame> Connect = new(
        MethodType.DuplexStreaming,
        Descriptor.FullName,
        nameof(Base.Connect),
        new Marshaller<InboundFrame>(CannotWrite, Read),
        new Marshaller<OutboundFrame>(Write, CannotRead));

    /// <summary>The service's descriptor, which server reflection looks for here.</summary>
    public static Google.Protobuf.Reflection.ServiceDescriptor Descriptor => ChatReflection.Descriptor.Services.Single();

    /// <summary>Tells gRPC which methods there are.</summary>
    public static void BindService(ServiceBinderBase binder, Base service) =>
        binder.AddMethod(Connect, service is null ? null : new DuplexStreamingServerMethod<InboundFrame, OutboundFrame>(service.Connect));

    private static InboundFrame Read(DeserializationContext context) => FrameCodec.ReadBinary(context.PayloadAsReadOnlySequence());

    private static void Write(OutboundFrame frame, SerializationContext context)
    {
        var bytes = frame.Binary.Memory;
        context.SetPayloadLength(bytes.Length);
        var writer = context.GetBufferWriter();
        bytes.Span.CopyTo(writer.GetSpan(bytes.Length));
        writer.Advance(bytes.Length);
        context.Complete();
    }

    private static void CannotWrite(InboundFrame frame, SerializationContext context) => throw new NotSupportedException("A server writes no client frames.");

    private static OutboundFrame CannotRead(DeserializationContext context) => throw new NotSupportedException("A server reads no server frames.");

    /// <summary>What implements the service.</summary>
    [BindServiceMethod(typeof(ChatStream), nameof(BindService))]
    public abstract class Base
    {
        /// <summary>One client session.</summary>
        public virtual Task Connect(IAsyncStreamReader<InboundFrame> requests, IServerStreamWriter<OutboundFrame> responses, ServerCallContext context) =>
            throw new RpcException(new Status(StatusCode.Unimplemented, ""));
    }
}
