using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>The root of a system's actors; it also knows the places that no actor stands behind.</summary>
internal sealed class RootGuardianActorRef(
    ActorSystemImpl system,
    Props props,
    MessageDispatcher dispatcher,
    IInternalActorRef supervisor,
    ActorPath path,
    IReadOnlyDictionary<string, IInternalActorRef> extraNames)
    : LocalActorRef(system, props, dispatcher, supervisor, path)
{
    public override IInternalActorRef Parent => this;

    public override IInternalActorRef GetSingleChild(string name) =>
        extraNames.TryGetValue(name, out var extra) ? extra : base.GetSingleChild(name);
}
