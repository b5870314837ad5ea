namespace Akka.Persistence.Journal;

/// <summary>Turns events into what a journal stores, and back.</summary>
public interface IEventAdapter : IWriteEventAdapter, IReadEventAdapter
{
}
