namespace Grpc.Core;

/// <summary>The stream of responses, seen by the server.</summary>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>
{
}
