namespace Grpc.AspNetCore.Server;

/// <summary>Disposes of what was made for a call, in whichever way it can be.</summary>
internal static class Disposal
{
    public static ValueTask DisposeAsync(object made)
    {
        if (made is IAsyncDisposable later)
        {
            return later.DisposeAsync();
        }

        (made as IDisposable)?.Dispose();
        return ValueTask.CompletedTask;
    }
}
