using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>What stands behind a reference: the actor's instance, its mailbox, its children and whom it watches.</summary>
internal sealed partial class ActorCell : IUntypedActorContext
{
    [ThreadStatic]
    private static ActorCell? Running;

    private readonly ActorSystemImpl _system;
    private readonly LocalActorRef _self;
    private readonly IInternalActorRef _parent;
    private ActorBase? _actor;
    private Receive? _behavior;
    private Stack<Receive>? _covered;
    private object? _message;
    private IActorRef? _sender;
    private ActorTaskScheduler? _taskScheduler;
    private ActorStash? _stash;
    private TimerScheduler? _timers;

    public ActorCell(ActorSystemImpl system, LocalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef parent)
    {
        _system = system;
        _self = self;
        _parent = parent;
        Props = props;
        Dispatcher = dispatcher;
        Mailbox = new Mailbox(this, dispatcher);
    }

    /// <summary>The cell whose turn runs on this thread.</summary>
    public static ActorCell? Current => Running;

    public Mailbox Mailbox { get; }

    public Props Props { get; }

    public MessageDispatcher Dispatcher { get; }

    public IActorRef Self => _self;

    public ActorSystem System => _system;

    public ActorSystemImpl SystemImpl => _system;

    IActorRef IActorContext.Parent => _parent;

    public IInternalActorRef Parent => _parent;

    /// <summary>The actor's instance; null before it was made and after it has stopped.</summary>
    public ActorBase? Actor => _actor;

    /// <summary>The message that the actor is at; after a failure, the one that it failed at.</summary>
    public object? CurrentMessage => _message;

    public (object? Message, IActorRef? Sender) CurrentEnvelope => (_message, _sender);

    /// <summary>Counts the messages, so that a stash can tell one from the next.</summary>
    public int CurrentEnvelopeId { get; private set; }

    public IActorRef Sender => _sender ?? _system.DeadLetters;

    public ActorTaskScheduler TaskScheduler => _taskScheduler ??= new ActorTaskScheduler(this);

    /// <summary>Whether subscriptions of the actor have to be taken back when it stops.</summary>
    public bool HasSubscriptions { get; set; }

    public static IActorRef? GetCurrentSelfOrNoSender() => Running?._self;

    public static IActorRef? GetCurrentSenderOrNoSender() => Running?._sender;

    /// <summary>Says that a cell's turn runs on this thread from here on; returns whose did until now.</summary>
    public static ActorCell? Enter(ActorCell cell)
    {
        var outer = Running;
        Running = cell;
        return outer;
    }

    public static void Leave(ActorCell? outer) => Running = outer;

    /// <summary>A stash of its own for whoever extends actors; the actor's own stash does not see it.</summary>
    public ActorStash NewStash(int capacity = -1) => new(this, capacity);

    public void Invoke(object message, IActorRef? sender)
    {
        CurrentEnvelopeId++;
        _message = message;
        _sender = sender;
        try
        {
            if (message is IAutoReceivedMessage) AutoReceive(message);
            else _actor!.AroundReceive(_behavior!, message);
            _message = null;
            _sender = null;
        }
        catch (Exception e)
        {
            HandleInvokeFailure(e);
        }

        if (_receiveTimeout is not null) NoteActivity(message);
    }

    /// <summary>Hands a message to the actor as if it had just been taken from the mailbox; failures are thrown.</summary>
    public void ReceiveNow(object message, IActorRef? sender)
    {
        var outer = Enter(this);
        var (outerMessage, outerSender) = (_message, _sender);
        try
        {
            CurrentEnvelopeId++;
            (_message, _sender) = (message, sender);
            if (message is IAutoReceivedMessage) AutoReceive(message);
            else _actor!.AroundReceive(_behavior!, message);
        }
        finally
        {
            (_message, _sender) = (outerMessage, outerSender);
            Leave(outer);
        }
    }

    /// <summary>The actor goes on with a message that it awaited something for.</summary>
    public void ResumeMessage(object message, IActorRef? sender)
    {
        _message = message;
        _sender = sender;
    }

    /// <summary>The actor is done with a message that it awaited something for.</summary>
    public void MessageDone()
    {
        if (_receiveTimeout is not null && _message is not null) NoteActivity(_message);
        _message = null;
        _sender = null;
    }

    public void SendSystemMessage(SystemMessage message)
    {
        if (!Mailbox.Post(message)) ToDeadLetters(message);
    }

    public void ToDeadLetters(object message, IActorRef? sender)
    {
        if (message is TimerTick or ReceiveTimeoutTick) return;
        _system.DeadLetters.Tell(new DeadLetter(message, sender ?? _system.DeadLetters, _self), sender);
    }

    /// <summary>What becomes of a system message that nobody reads any more: watchers are told that there is nothing to watch.</summary>
    public void ToDeadLetters(SystemMessage message)
    {
        if (message is Watch watch && !watch.Watcher.Equals(_self)) watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, existenceConfirmed: false));
    }

    public void Become(Receive receive) => _behavior = receive;

    public void BecomeStacked(Receive receive)
    {
        // In a constructor there is no behaviour yet that this could cover.
        if (_behavior is not null) (_covered ??= new Stack<Receive>()).Push(_behavior);
        _behavior = receive;
    }

    public void UnbecomeStacked() => _behavior = _covered is { Count: > 0 } ? _covered.Pop() : _actor!.InitialBehavior;

    public void Become(UntypedReceive receive) => Become(Handling(receive));

    public void BecomeStacked(UntypedReceive receive) => BecomeStacked(Handling(receive));

    public ActorSelection ActorSelection(ActorPath actorPath) => new(_system.Provider.RootGuardianOf(actorPath), actorPath.ToStringWithoutAddress());

    public ActorSelection ActorSelection(string actorPath) => _system.Provider.Select(actorPath, _self);

    private static Receive Handling(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    private void AutoReceive(object message)
    {
        switch (message)
        {
            case Terminated terminated:
                ReceivedTerminated(terminated);
                break;
            case TimerTick tick:
                // A cancelled or replaced timer, or one of the instance before a restart, has nothing to say any more.
                if (_timers?.Accept(tick) is not { } due) break;
                _message = due;
                if (due is IAutoReceivedMessage) AutoReceive(due);
                else _actor!.AroundReceive(_behavior!, due);
                break;
            case ReceiveTimeoutTick timeout:
                ReceiveTimeoutDue(timeout);
                break;
            case PoisonPill:
                _self.Stop();
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, _self), _self);
                break;
            case ActorSelectionMessage selected:
                Actor_Selected(selected);
                break;
            default:
                _actor!.AroundReceive(_behavior!, message);
                break;
        }
    }

    private void Actor_Selected(ActorSelectionMessage selected) =>
        Akka.Actor.ActorSelection.Deliver(_self, selected.Elements, selected.Message, _sender, selected.WildCardFanOut);

    private ActorBase NewActor()
    {
        _covered = null;
        _behavior = null;
        _stash = null;
        _timers = null;
        CurrentEnvelopeId++;
        var actor = Props.NewActor() ?? throw new ActorInitializationException(_self, "The producer returned null instead of an actor.");
        if (!ReferenceEquals(((IInternalActor)actor).ActorContext, this))
            throw new ActorInitializationException(_self, "The producer returned an actor that it did not make for this purpose.");
        _actor = actor;
        _behavior ??= actor.InitialBehavior;
        if (actor is IActorStash stashing) stashing.Stash = _stash = NewStash(Props.Deploy.StashCapacity);
        if (actor is IWithTimers timed) timed.Timers = _timers = new TimerScheduler(this);
        (actor as IInitializableActor)?.Init();
        return actor;
    }

    private void ReleaseActor(ActorBase? actor)
    {
        if (actor is null) return;
        try
        {
            (actor as IDisposable)?.Dispose();
            Props.Release(actor);
        }
        catch (Exception e)
        {
            PublishError(e, "An error occurred while disposing " + actor.GetType());
        }

        _covered = null;
    }

    private void PublishError(Exception cause, string message) =>
        _system.EventStream.Publish(new Error(cause, _self.Path.ToString(), _actor?.GetType() ?? typeof(ActorCell), message));
}
