namespace Grpc.Core;

/// <summary>The stream of requests, seen by the client.</summary>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Ends the stream; nothing may be written after it.</summary>
    Task CompleteAsync();
}
