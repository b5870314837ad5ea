namespace Akka.Actor;

/// <summary>Where and how an actor runs.</summary>
public class Deploy
{
    /// <summary>No dispatcher is named: the default one.</summary>
    public static readonly string NoDispatcherGiven = string.Empty;

    /// <summary>No mailbox is named.</summary>
    public static readonly string NoMailboxGiven = string.Empty;

    /// <summary>The stash has no capacity set.</summary>
    public const int NoStashSize = -1;

    /// <summary>Nothing is said.</summary>
    public static readonly Deploy None = new();

    /// <summary>In this process; as everything is here.</summary>
    public static readonly Deploy Local = new();

    private Deploy(string dispatcher, string mailbox, int stashCapacity)
    {
        Dispatcher = dispatcher;
        Mailbox = mailbox;
        StashCapacity = stashCapacity;
    }

    /// <summary>Says nothing.</summary>
    public Deploy()
        : this(NoDispatcherGiven, NoMailboxGiven, NoStashSize)
    {
    }

    /// <summary>The path of the dispatcher's configuration.</summary>
    public string Dispatcher { get; }

    /// <summary>The path of the mailbox's configuration. Each mailbox here is unbounded, whatever this says.</summary>
    public string Mailbox { get; }

    /// <summary>How many messages fit in the actor's stash; -1 for any number.</summary>
    public int StashCapacity { get; }

    /// <summary>The same with a dispatcher.</summary>
    public virtual Deploy WithDispatcher(string dispatcher) => new(dispatcher, Mailbox, StashCapacity);

    /// <summary>The same with a mailbox.</summary>
    public virtual Deploy WithMailbox(string mailbox) => new(Dispatcher, mailbox, StashCapacity);

    /// <summary>The same with a stash of a capacity.</summary>
    public virtual Deploy WithStashCapacity(int stashSize) => new(Dispatcher, Mailbox, stashSize);

    /// <summary>The same, with what <paramref name="other"/> says where this says nothing.</summary>
    public virtual Deploy WithFallback(Deploy other) => new(
        Dispatcher.Length > 0 ? Dispatcher : other.Dispatcher,
        Mailbox.Length > 0 ? Mailbox : other.Mailbox,
        StashCapacity != NoStashSize ? StashCapacity : other.StashCapacity);
}
