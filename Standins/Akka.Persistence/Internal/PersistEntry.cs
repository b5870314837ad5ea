using Akka.Actor;

namespace Akka.Persistence.Internal;

/// <summary>One persisted or deferred event with the handler that waits for it.</summary>
internal struct PersistEntry
{
    public object Event;

    /// <summary>Who sent the command; the handler runs with this sender.</summary>
    public IActorRef Sender;

    /// <summary>The user's <c>Action&lt;T&gt;</c>.</summary>
    public Delegate Handler;

    /// <summary>Calls the handler with the event; one for each type, not one for each event.</summary>
    public Action<Delegate, object> Invoke;

    /// <summary>Given by the journal when it accepts the event.</summary>
    public long SequenceNr;

    /// <summary>Entries of one number are written together or not at all.</summary>
    public int Group;

    /// <summary>Why the journal refused the event before writing it.</summary>
    public Exception? Rejection;

    /// <summary>Whether the event is only to be handled in its turn, and not written.</summary>
    public bool IsDeferred;

    /// <summary>Whether commands wait until it is handled.</summary>
    public bool HoldsCommands;

    /// <summary>Whether an answering journal has told its outcome.</summary>
    public bool IsAnswered;
}
