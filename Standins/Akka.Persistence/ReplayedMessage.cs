namespace Akka.Persistence;

/// <summary>An event read back.</summary>
public sealed class ReplayedMessage(IPersistentRepresentation persistent) : IJournalResponse
{
    public IPersistentRepresentation Persistent { get; } = persistent;
}
