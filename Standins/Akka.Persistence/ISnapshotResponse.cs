namespace Akka.Persistence;

/// <summary>A message from a snapshot store.</summary>
public interface ISnapshotResponse : ISnapshotMessage
{
}
