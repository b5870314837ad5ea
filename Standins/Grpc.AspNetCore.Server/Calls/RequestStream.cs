using Grpc.Core;
using Grpc.Net.Wire;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>The stream of requests, as the service reads it.</summary>
internal sealed class RequestStream<T>(MessageReader<T> reader, GrpcCallContext context) : IAsyncStreamReader<T>
    where T : class
{
    private int _isReading;

    // As in any enumerator, there is no current message before the first move.
    public T Current { get; private set; } = null!;

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        var token = cancellationToken.CanBeCanceled ? cancellationToken : context.CancellationToken;
        if (token.IsCancellationRequested)
        {
            return Task.FromCanceled<bool>(token);
        }

        if (Interlocked.Exchange(ref _isReading, 1) == 1)
        {
            return Task.FromException<bool>(new InvalidOperationException("Can't read the next message because the previous read is still in progress."));
        }

        var read = reader.ReadAsync(token);
        return read.IsCompletedSuccessfully ? Task.FromResult(Take(read.Result)) : TakeAsync(read);
    }

    private async Task<bool> TakeAsync(ValueTask<T?> read)
    {
        T? message = null;
        try
        {
            message = await read;
        }
        finally
        {
            Volatile.Write(ref _isReading, 0);
        }

        return Take(message);
    }

    private bool Take(T? message)
    {
        Current = message!;
        Volatile.Write(ref _isReading, 0);
        return message is not null;
    }
}
