namespace Akka.Persistence.Journal;

/// <summary>Turns domain events into what a journal stores.</summary>
public interface IWriteEventAdapter
{
    /// <summary>A name that is kept with the event for the way back.</summary>
    string Manifest(object evt);

    /// <summary>What is stored in the event's stead; wrapped in <see cref="Tagged"/> it is stored with tags.</summary>
    object ToJournal(object evt);
}
