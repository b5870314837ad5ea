namespace Akka.Persistence.Journal;

/// <summary>Turns what a journal stored into domain events.</summary>
public interface IReadEventAdapter
{
    /// <summary>None, one or many events that an actor recovers from in the stored one's stead.</summary>
    IEventSequence FromJournal(object evt, string manifest);
}
