using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The reference of an actor in this process.</summary>
internal class LocalActorRef : InternalActorRefBase
{
    public LocalActorRef(ActorSystemImpl system, Props props, MessageDispatcher dispatcher, IInternalActorRef supervisor, ActorPath path)
    {
        Path = path;
        Cell = new ActorCell(system, this, props, dispatcher, supervisor);
    }

    /// <summary>What stands behind the reference.</summary>
    public ActorCell Cell { get; }

    public override ActorPath Path { get; }

    public override IInternalActorRef Parent => Cell.Parent;

    public override IActorRefProvider Provider => Cell.SystemImpl.Provider;

    public override bool IsTerminated => Cell.IsTerminated;

    public override bool IsLocal => true;

    public override void Start() => Cell.Start();

    public override void Stop() => Cell.SendSystemMessage(new Terminate());

    public override void Suspend() => Cell.SendSystemMessage(new Suspend());

    public override void Resume(Exception? causedByFailure = null) => Cell.SendSystemMessage(new Resume(causedByFailure));

    public override void Restart(Exception cause) => Cell.SendSystemMessage(new Recreate(cause));

    public override void SendSystemMessage(ISystemMessage message) => Cell.SendSystemMessage((SystemMessage)message);

    /// <summary>The child of a name, <see cref="ActorRefs.Nobody"/> where there is none.</summary>
    public virtual IInternalActorRef GetSingleChild(string name) => Cell.GetSingleChild(name);

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        IInternalActorRef found = this;
        foreach (var part in name)
        {
            switch (part)
            {
                case "":
                    continue;
                case "..":
                    found = found.Parent;
                    continue;
                default:
                    found = found is LocalActorRef local ? local.GetSingleChild(part) : (IInternalActorRef)found.GetChild([part]);
                    break;
            }

            if (found is Nobody) break;
        }

        return found;
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (!Cell.Mailbox.Post(message, sender)) Cell.ToDeadLetters(message, sender);
    }
}
