using System.Collections.Concurrent;

namespace Akka.Actor;

/// <summary>A place for references that no actor stands behind, such as those that await an answer.</summary>
internal sealed class VirtualPathContainer(IActorRefProvider provider, ActorPath path) : MinimalActorRef
{
    private readonly ConcurrentDictionary<string, IInternalActorRef> _children = new();

    public override ActorPath Path => path;

    public override IActorRefProvider Provider => provider;

    public void Add(IInternalActorRef child) => _children[child.Path.Name] = child;

    public void Remove(string name) => _children.TryRemove(name, out _);

    public override IActorRef GetChild(IReadOnlyList<string> name) => name.Count switch
    {
        0 => this,
        1 when _children.TryGetValue(name[0], out var child) => child,
        _ => ActorRefs.Nobody,
    };
}
