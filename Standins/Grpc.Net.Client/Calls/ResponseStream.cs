using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>The stream of responses, as the client reads it.</summary>
internal sealed class ResponseStream<TRequest, TResponse>(GrpcCall<TRequest, TResponse> call) : IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private int _isReading;

    // As in any enumerator, there is no current message before the first move.
    public TResponse Current { get; private set; } = null!;

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isReading, 1) == 1)
        {
            return Task.FromException<bool>(new InvalidOperationException("Can't read the next message because the previous read is still in progress."));
        }

        var read = call.ReadNextAsync(cancellationToken);
        return read.IsCompletedSuccessfully ? Task.FromResult(Take(read.Result)) : TakeAsync(read);
    }

    private async Task<bool> TakeAsync(ValueTask<TResponse?> read)
    {
        try
        {
            Current = (await read.ConfigureAwait(false))!;
            return Current is not null;
        }
        finally
        {
            Volatile.Write(ref _isReading, 0);
        }
    }

    private bool Take(TResponse? message)
    {
        Current = message!;
        Volatile.Write(ref _isReading, 0);
        return message is not null;
    }
}
