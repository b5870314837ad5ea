using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.TestKit;

/// <summary>A test actor of its own: it stands for one partner of the actors under test, expects what comes, and answers.</summary>
public class TestProbe : TestKitBase, INoImplicitSender, IInternalActorRef
{
    /// <summary>Makes a probe in a system.</summary>
    public TestProbe(ActorSystem system, ITestKitAssertions assertions, string? testProbeName = null) : base(assertions, system, testProbeName)
    {
    }

    /// <summary>The probe's actor.</summary>
    public IActorRef Ref => TestActor;

    /// <summary>Who sent the message that the probe has looked at last.</summary>
    public IActorRef Sender => LastSender;

    /// <summary>The path of the probe's actor.</summary>
    ActorPath IActorRef.Path => TestActor.Path;

    bool IActorRefScope.IsLocal => Target.IsLocal;

    IInternalActorRef IInternalActorRef.Parent => Target.Parent;

    IActorRefProvider IInternalActorRef.Provider => Target.Provider;

    bool IInternalActorRef.IsTerminated => Target.IsTerminated;

    private IInternalActorRef Target => (IInternalActorRef)TestActor;

    /// <summary>Sends from the probe.</summary>
    public void Send(IActorRef actor, object message) => actor.Tell(message, TestActor);

    /// <summary>Sends on the message that the probe has looked at last, from who sent it.</summary>
    public void Forward(IActorRef actor) => actor.Tell(LastMessage, Sender);

    /// <summary>Sends a message from who sent the one that the probe has looked at last.</summary>
    public void Forward(IActorRef actor, object message) => actor.Tell(message, Sender);

    /// <summary>Answers the message that the probe has looked at last.</summary>
    public void Reply(object message) => Sender.Tell(message, TestActor);

    /// <summary>Not to be called: a probe makes no probes.</summary>
    public override TestProbe CreateTestProbe(ActorSystem system, string? name = null) =>
        throw new InvalidOperationException("A probe cannot make another probe.");

    /// <summary>Not to be called: a probe makes no probes.</summary>
    public override TestProbe CreateTestProbe(string? name = null) => throw new InvalidOperationException("A probe cannot make another probe.");

    /// <summary>Whether both are the same actor.</summary>
    public override bool Equals(object? obj) => obj is IActorRef other && Equals(other);

    /// <summary>The hash code of the probe's actor.</summary>
    public override int GetHashCode() => TestActor.GetHashCode();

    /// <summary>Whether both are the same actor.</summary>
    public bool Equals(IActorRef? other) => TestActor.Equals(other);

    /// <summary>The probe's actor.</summary>
    public override string ToString() => TestActor.ToString()!;

    void ICanTell.Tell(object message, IActorRef? sender) => TestActor.Tell(message, sender);

    int IComparable<IActorRef>.CompareTo(IActorRef? other) => TestActor.CompareTo(other);

    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) => Target.GetChild(name);

    void IInternalActorRef.Resume(Exception? causedByFailure) => Target.Resume(causedByFailure);

    void IInternalActorRef.Start() => Target.Start();

    void IInternalActorRef.Stop() => Target.Stop();

    void IInternalActorRef.Restart(Exception cause) => Target.Restart(cause);

    void IInternalActorRef.Suspend() => Target.Suspend();

    void IInternalActorRef.SendSystemMessage(ISystemMessage message) => Target.SendSystemMessage(message);
}
