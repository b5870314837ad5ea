using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>What the actor system itself does with a reference, over and above sending messages.</summary>
public interface IInternalActorRef : IActorRef, IActorRefScope
{
    /// <summary>The actor's supervisor.</summary>
    IInternalActorRef Parent { get; }

    /// <summary>The provider that made the reference.</summary>
    IActorRefProvider Provider { get; }

    /// <summary>Whether the actor has stopped for good.</summary>
    bool IsTerminated { get; }

    /// <summary>The actor at a path below this one, <see cref="ActorRefs.Nobody"/> where there is none.</summary>
    IActorRef GetChild(IReadOnlyList<string> name);

    /// <summary>Lets a suspended actor go on.</summary>
    void Resume(Exception? causedByFailure = null);

    /// <summary>Lets a new actor begin.</summary>
    void Start();

    /// <summary>Stops the actor after the message that it is at.</summary>
    void Stop();

    /// <summary>Replaces the actor's instance by a new one.</summary>
    void Restart(Exception cause);

    /// <summary>Makes the actor leave its messages alone until it is resumed or restarted.</summary>
    void Suspend();

    /// <summary>Sends a message that overtakes those of users.</summary>
    void SendSystemMessage(ISystemMessage message);
}
