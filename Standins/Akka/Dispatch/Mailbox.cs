using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// An actor's waiting messages, and the turn that hands them to it.
/// <para>
/// Senders push on <c>_inbox</c>, newest first, with one compare-and-swap; the turn takes all at once and turns them
/// round into <c>_ready</c>, oldest first, which nobody else touches. <c>_inbox</c> also says whether a sender has to
/// wake the actor: only the one that pushes on <see cref="Idle"/> does. System messages have a list of their own and
/// go first. <c>_scheduled</c> is 1 from the moment a turn is asked for until it has ended, so that there is never more than one.
/// </para>
/// </summary>
internal sealed class Mailbox(ActorCell cell, MessageDispatcher dispatcher) : IRunnable
{
    private static readonly MailboxNode Idle = new(new object(), null);
    private static readonly MailboxNode Closed = new(new object(), null);

    private MailboxNode? _inbox = Idle;
    private MailboxNode? _ready;
    private SystemMessage? _system;

    // Taken until Start, so that what is sent before the actor is in its supervisor's list waits.
    private int _scheduled = 1;
    private int _suspensions;
    private int _awaiting;
    private bool _closed;

    /// <summary>Whether the actor leaves its messages alone; to be asked in its turn.</summary>
    public bool IsSuspended => _suspensions + _awaiting > 0;

    /// <summary>How many times its supervision suspended the actor; to be asked in its turn.</summary>
    public int Suspensions => _suspensions;

    /// <summary>Whether the actor has stopped for good.</summary>
    public bool IsClosed => ReferenceEquals(Volatile.Read(ref _system), MailboxEnd.Instance);

    /// <summary>Sends a message; false where the actor has stopped.</summary>
    public bool Post(object message, IActorRef? sender)
    {
        var node = new MailboxNode(message, sender);
        var top = Volatile.Read(ref _inbox);
        while (true)
        {
            if (ReferenceEquals(top, Closed)) return false;
            node.Next = ReferenceEquals(top, Idle) ? null : top;
            var seen = Interlocked.CompareExchange(ref _inbox, node, top);
            if (ReferenceEquals(seen, top)) break;
            top = seen;
        }

        if (ReferenceEquals(top, Idle)) Schedule();
        return true;
    }

    /// <summary>Sends a system message; false where the actor has stopped.</summary>
    public bool Post(SystemMessage message)
    {
        if (!Push(message)) return false;
        Schedule();
        return true;
    }

    /// <summary>Begins: the first turn finds <see cref="Create"/>.</summary>
    public void Start()
    {
        Push(new Create());
        dispatcher.Execute(this);
    }

    /// <summary>In the actor's turn: leave messages alone until <see cref="Resume"/> was called as often.</summary>
    public void Suspend() => _suspensions++;

    /// <summary>In the actor's turn: takes one <see cref="Suspend"/> back.</summary>
    public void Resume()
    {
        if (_suspensions > 0) _suspensions--;
    }

    /// <summary>In the actor's turn: leave messages alone while a handler awaits.</summary>
    public void BeginAwait() => _awaiting++;

    /// <summary>In the actor's turn: the handler has ended.</summary>
    public void EndAwait() => _awaiting--;

    /// <summary>In the actor's turn: returns a message to the front.</summary>
    public void Prepend(object message, IActorRef? sender) => _ready = new MailboxNode(message, sender) { Next = _ready };

    /// <summary>In the actor's turn: the actor is no more. What waits goes to the dead letters.</summary>
    public void Close()
    {
        _closed = true;
        var late = Reverse(Interlocked.Exchange(ref _inbox, Closed));
        var system = Reverse(Interlocked.Exchange(ref _system, MailboxEnd.Instance));
        for (var node = _ready; node is not null; node = node.Next) cell.ToDeadLetters(node.Message, node.Sender);
        for (var node = late; node is not null; node = node.Next) cell.ToDeadLetters(node.Message, node.Sender);
        _ready = null;
        AbandonSystem(system);
    }

    /// <inheritdoc/>
    public void Execute() => Run();

    /// <summary>One turn: the system messages, then as many messages as the dispatcher allows.</summary>
    public void Run()
    {
        var outer = ActorCell.Enter(cell);
        try
        {
            RunSystem();
            var left = dispatcher.Throughput;
            while (left-- > 0 && !_closed && !IsSuspended && TryTake(out var node))
            {
                cell.Invoke(node.Message, node.Sender);
                if (Volatile.Read(ref _system) is not null) RunSystem();
            }
        }
        finally
        {
            ActorCell.Leave(outer);
            EndTurn();
        }
    }

    private static bool IsMessage(MailboxNode? node) => node is not null && !ReferenceEquals(node, Idle) && !ReferenceEquals(node, Closed);

    private static MailboxNode? Reverse(MailboxNode? newest)
    {
        if (!IsMessage(newest)) return null;
        MailboxNode? oldest = null;
        while (newest is not null)
        {
            var next = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }

        return oldest;
    }

    private static SystemMessage? Reverse(SystemMessage? newest)
    {
        SystemMessage? oldest = null;
        while (newest is not null)
        {
            var next = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }

        return oldest;
    }

    private bool Push(SystemMessage message)
    {
        var top = Volatile.Read(ref _system);
        while (true)
        {
            if (ReferenceEquals(top, MailboxEnd.Instance)) return false;
            message.Next = top;
            var seen = Interlocked.CompareExchange(ref _system, message, top);
            if (ReferenceEquals(seen, top)) return true;
            top = seen;
        }
    }

    // The push before this is a full fence, as is the exchange at the end of a turn: either this sees that the turn
    // has ended, or the turn's last look sees what was pushed.
    private void Schedule()
    {
        if (Volatile.Read(ref _scheduled) == 0 && Interlocked.CompareExchange(ref _scheduled, 1, 0) == 0) dispatcher.Execute(this);
    }

    private bool TryTake(out MailboxNode node)
    {
        var first = _ready;
        if (first is null)
        {
            if (!IsMessage(Volatile.Read(ref _inbox)))
            {
                node = null!;
                return false;
            }

            first = Reverse(Interlocked.Exchange(ref _inbox, null))!;
        }

        // A message that is done must not hold those after it in an older generation.
        _ready = first.Next;
        first.Next = null;
        node = first;
        return true;
    }

    private void RunSystem()
    {
        while (!_closed && Volatile.Read(ref _system) is not null)
        {
            var message = Reverse(Interlocked.Exchange(ref _system, null));
            while (message is not null)
            {
                if (_closed)
                {
                    AbandonSystem(message);
                    break;
                }

                var next = message.Next;
                message.Next = null;
                cell.SystemInvoke(message);
                message = next;
            }
        }
    }

    private void AbandonSystem(SystemMessage? message)
    {
        while (message is not null)
        {
            var next = message.Next;
            message.Next = null;
            cell.ToDeadLetters(message);
            message = next;
        }
    }

    private void EndTurn()
    {
        // _scheduled stays taken: nobody needs to wake the dead.
        if (_closed) return;

        var suspended = IsSuspended;
        if (suspended)
        {
            // Nobody needs to wake an actor that leaves its messages alone.
            Interlocked.CompareExchange(ref _inbox, null, Idle);
        }
        else if (_ready is not null || IsMessage(Volatile.Read(ref _inbox)) || IsMessage(Interlocked.CompareExchange(ref _inbox, Idle, null)))
        {
            dispatcher.Execute(this);
            return;
        }

        Interlocked.Exchange(ref _scheduled, 0);
        if (Volatile.Read(ref _system) is not null || !suspended && IsMessage(Volatile.Read(ref _inbox))) Schedule();
    }
}
