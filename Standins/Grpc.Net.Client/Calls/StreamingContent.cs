using System.Net;
using System.Net.Http.Headers;
using Grpc.Net.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>A request's body that stays open until its writer completes it.</summary>
internal sealed class StreamingContent : HttpContent
{
    private static readonly MediaTypeHeaderValue GrpcMediaType = new(GrpcContentType.Value);

    private readonly TaskCompletionSource<Stream?> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StreamingContent() => Headers.ContentType = GrpcMediaType;

    /// <summary>Where to write, once the connection is there; null when the call ended before.</summary>
    public Task<Stream?> Stream => _stream.Task;

    /// <summary>Ends the body with its call. After a failure it breaks off: the server must not take what it got for all there was.</summary>
    public void EndWithCall(bool succeeded)
    {
        _stream.TrySetResult(null);
        if (succeeded)
        {
            _completed.TrySetResult();
        }
        else
        {
            _completed.TrySetCanceled();
        }
    }

    /// <summary>Ends the body when everything has been written, which needs the stream to be there.</summary>
    public void CompleteWriting() => _completed.TrySetResult();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // The headers go out now: the server may have something to say before the first message.
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        _stream.TrySetResult(stream);
        await _completed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
