using System.Net;

namespace WebChat.Tests.Standins.Grpc;

/// <summary>A body that goes out byte by byte.</summary>
public sealed class PiecemealContent(byte[] bytes) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        foreach (var b in bytes)
        {
            await stream.WriteAsync(new[] { b });
            await stream.FlushAsync();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
