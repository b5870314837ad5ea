using System.Net;
using System.Net.Http.Headers;
using Grpc.Net.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>A request's body of one message.</summary>
internal sealed class MessageContent : HttpContent
{
    private static readonly MediaTypeHeaderValue GrpcMediaType = new(GrpcContentType.Value);

    private readonly ReadOnlyMemory<byte> _message;

    public MessageContent(ReadOnlyMemory<byte> message)
    {
        _message = message;
        Headers.ContentType = GrpcMediaType;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) => stream.WriteAsync(_message, cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
