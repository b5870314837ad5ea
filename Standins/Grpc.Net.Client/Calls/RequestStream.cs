using Grpc.Core;
using Grpc.Net.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>The stream of requests, as the client writes it.</summary>
internal sealed class RequestStream<TRequest, TResponse>(GrpcCall<TRequest, TResponse> call, StreamingContent content) : IClientStreamWriter<TRequest>
    where TRequest : class
    where TResponse : class
{
    private readonly MessageWriter<TRequest> _writer = call.NewWriter();
    private readonly PooledBuffer _buffer = new();
    private WriteOptions? _writeOptions;
    private int _isWriting;
    private bool _completed;

    public WriteOptions? WriteOptions
    {
        get => _writeOptions ?? call.WriteOptions;
        set => _writeOptions = value;
    }

    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_completed)
        {
            throw new InvalidOperationException("Can't write the message because the client stream writer is complete.");
        }

        if (Interlocked.Exchange(ref _isWriting, 1) == 1)
        {
            throw new InvalidOperationException("Can't write the message because the previous write is in progress.");
        }

        await using var registration = cancellationToken.UnsafeRegister(static state => ((GrpcCall)state!).Cancel(), call).ConfigureAwait(false);
        try
        {
            call.ThrowIfEnded();
            var options = WriteOptions;
            call.Write(_writer, message, _buffer, options);
            if (await content.Stream.ConfigureAwait(false) is { } stream)
            {
                await stream.WriteAsync(_buffer.Written, call.CancellationToken).ConfigureAwait(false);
                if ((options?.Flags & WriteFlags.BufferHint) is not WriteFlags.BufferHint)
                {
                    await stream.FlushAsync(call.CancellationToken).ConfigureAwait(false);
                }
            }

            call.ThrowIfFailed();
        }
        catch (Exception e) when (e is not (InvalidOperationException or RpcException) || e is ObjectDisposedException)
        {
            // The server may have ended the call, which closes this stream too: its status says more than the broken stream does.
            throw await call.EndOfWriteAsync(e).ConfigureAwait(false);
        }
        finally
        {
            _buffer.Clear();
            Volatile.Write(ref _isWriting, 0);
        }
    }

    public Task CompleteAsync()
    {
        if (Volatile.Read(ref _isWriting) == 1)
        {
            return Task.FromException(new InvalidOperationException("Can't complete the client stream writer because the previous write is in progress."));
        }

        _completed = true;
        _buffer.Dispose();
        content.CompleteWriting();
        return Task.CompletedTask;
    }
}
