using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.TestKit;

/// <summary>An actor that runs on the calling thread, and whose instance can be looked at.</summary>
public class TestActorRefBase<TActor> : ICanTell, IEquatable<IActorRef>, IInternalActorRef where TActor : ActorBase
{
    private static int LastName;

    private readonly LocalActorRef _actor;

    /// <summary>Makes the actor, at the top of the system or below <paramref name="supervisor"/>.</summary>
    protected TestActorRefBase(ActorSystem system, Props actorProps, IActorRef? supervisor = null, string? name = null)
    {
        var props = actorProps.Deploy.Dispatcher is { Length: > 0 } ? actorProps : actorProps.WithDispatcher(CallingThreadDispatcher.Id);
        name ??= $"testActorRef{Interlocked.Increment(ref LastName)}";
        _actor = supervisor switch
        {
            null => (LocalActorRef)system.ActorOf(props, name),
            LocalActorRef local => local.Cell.AttachChild(props, name),
            TestProbe probe => ((LocalActorRef)probe.Ref).Cell.AttachChild(props, name),
            _ => throw new ArgumentException($"{supervisor} cannot supervise: it is not a local actor.", nameof(supervisor)),
        };
    }

    /// <summary>The actor's reference.</summary>
    public IActorRef Ref => _actor;

    /// <summary>The actor's path.</summary>
    public ActorPath Path => _actor.Path;

    /// <summary>The actor's instance. It changes with a restart.</summary>
    /// <exception cref="InvalidOperationException">The actor has ended, or failed to start.</exception>
    public TActor UnderlyingActor => _actor.Cell.Actor as TActor ?? throw new InvalidOperationException($"{_actor} has no instance of {typeof(TActor)}: it has ended, or failed to start.");

    bool IActorRefScope.IsLocal => _actor.IsLocal;

    IInternalActorRef IInternalActorRef.Parent => _actor.Parent;

    IActorRefProvider IInternalActorRef.Provider => _actor.Provider;

    bool IInternalActorRef.IsTerminated => _actor.IsTerminated;

    /// <summary>Sends a message from the test actor.</summary>
    public void Tell(object message) => _actor.Tell(message);

    /// <summary>Sends a message.</summary>
    public void Tell(object message, IActorRef? sender) => _actor.Tell(message, sender);

    /// <summary>Has the actor handle a message here and now; what it throws comes out of this call and does not reach its supervisor.</summary>
    public void Receive(object message, IActorRef? sender = null) => _actor.Cell.ReceiveNow(message, sender);

    /// <summary>Compares paths.</summary>
    public int CompareTo(object? obj) => obj is null or IActorRef ? _actor.CompareTo((IActorRef?)obj) : throw new ArgumentException("Only actors can be compared with actors.", nameof(obj));

    /// <summary>Whether both are the same actor.</summary>
    public bool Equals(IActorRef? other) => _actor.Equals(other);

    /// <summary>Whether both are the same actor.</summary>
    public override bool Equals(object? obj) => _actor.Equals(obj);

    /// <summary>The hash code of the actor's reference.</summary>
    public override int GetHashCode() => _actor.GetHashCode();

    /// <summary>The actor's reference.</summary>
    public override string ToString() => _actor.ToString();

    int IComparable<IActorRef>.CompareTo(IActorRef? other) => _actor.CompareTo(other);

    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) => _actor.GetChild(name);

    void IInternalActorRef.Resume(Exception? causedByFailure) => _actor.Resume(causedByFailure);

    void IInternalActorRef.Start() => _actor.Start();

    void IInternalActorRef.Stop() => _actor.Stop();

    void IInternalActorRef.Restart(Exception cause) => _actor.Restart(cause);

    void IInternalActorRef.Suspend() => _actor.Suspend();

    void IInternalActorRef.SendSystemMessage(ISystemMessage message) => _actor.SendSystemMessage(message);
}
