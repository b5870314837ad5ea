namespace Akka.Persistence;

/// <summary>A snapshot could not be read.</summary>
public sealed class LoadSnapshotFailed(Exception cause) : ISnapshotResponse
{
    public Exception Cause { get; } = cause;
}
