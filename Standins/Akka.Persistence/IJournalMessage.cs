namespace Akka.Persistence;

/// <summary>A message to or from a journal.</summary>
public interface IJournalMessage : IPersistenceMessage
{
}
