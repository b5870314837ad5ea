namespace Akka.Actor;

/// <summary>Messages that an actor has put aside. A restart returns them to its mailbox.</summary>
public interface IStash
{
    /// <summary>How many messages are put aside.</summary>
    int Count { get; }

    /// <summary>How many fit; -1 for no limit.</summary>
    int Capacity { get; }

    /// <summary>Whether there is none.</summary>
    bool IsEmpty { get; }

    /// <summary>Whether there are any.</summary>
    bool NonEmpty { get; }

    /// <summary>Whether no more fit.</summary>
    bool IsFull { get; }

    /// <summary>Puts the present message aside.</summary>
    /// <exception cref="IllegalActorStateException">The present message is there already.</exception>
    /// <exception cref="StashOverflowException">The stash has a capacity and is full.</exception>
    void Stash();

    /// <summary>Returns the oldest message to the front of the mailbox.</summary>
    void Unstash();

    /// <summary>Returns all messages to the front of the mailbox, in the order in which they came.</summary>
    void UnstashAll();

    /// <summary>Returns the messages that <paramref name="predicate"/> chooses and forgets the rest.</summary>
    void UnstashAll(Func<Envelope, bool> predicate);

    /// <summary>Takes all messages out without returning them to the mailbox.</summary>
    IEnumerable<Envelope> ClearStash();

    /// <summary>Puts messages aside before those that are there.</summary>
    void Prepend(IEnumerable<Envelope> envelopes);
}
