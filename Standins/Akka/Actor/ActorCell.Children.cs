using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <content>Making, finding and stopping children.</content>
internal sealed partial class ActorCell
{
    private static long LastUid;

    // Guarded by itself: a guardian's children are made and looked up by any thread.
    private readonly Children _children = new();
    private long _lastName = -1;

    public bool IsTerminating => _children.IsTerminating;

    public bool IsTerminated => Mailbox.IsClosed;

    public static long NewUid() => Interlocked.Increment(ref LastUid);

    public IActorRef ActorOf(Props props, string? name = null) => AttachChild(props, name);

    /// <summary>Makes a child and lets it begin.</summary>
    public LocalActorRef AttachChild(Props props, string? name)
    {
        ArgumentNullException.ThrowIfNull(props);
        if (name is null) name = Util.Base64Name.From(Interlocked.Increment(ref _lastName));
        else CheckName(name);
        var dispatcher = props.Deploy.Dispatcher.Length == 0 ? _system.Dispatchers.DefaultGlobalDispatcher : _system.Dispatchers.Lookup(props.Deploy.Dispatcher);
        var child = new LocalActorRef(_system, props, dispatcher, _self, new ChildActorPath(_self.Path, name, NewUid()));
        _children.Add(name, child, _self.Path);

        // A child that is made while its parent is being restarted or stopped has to wait as its parent's messages do.
        if (ReferenceEquals(Running, this))
            for (var i = 0; i < Mailbox.Suspensions; i++) child.Suspend();
        child.Start();
        return child;
    }

    public IActorRef Child(string name) => GetSingleChild(name);

    IEnumerable<IActorRef> IActorContext.GetChildren() => GetChildren();

    public LocalActorRef[] GetChildren() => _children.All();

    public IInternalActorRef GetSingleChild(string name)
    {
        var hash = name.IndexOf('#');
        if (hash < 0) return _children.Find(name) ?? (IInternalActorRef)ActorRefs.Nobody;
        return _children.Find(name[..hash]) is { } child && name.AsSpan(hash + 1).SequenceEqual(child.Path.Uid.ToString()) ? child : ActorRefs.Nobody;
    }

    public void Stop(IActorRef child)
    {
        _children.MarkDying(child);
        if (child is IInternalActorRef known) known.Stop();
    }

    private static void CheckName(string name)
    {
        if (name.Length == 0) throw new InvalidActorNameException("Actor name must not be empty.");
        if (!ActorPath.IsValidPathElement(name))
            throw new InvalidActorNameException($"Illegal actor name [{name}]. Actor paths MUST: not start with `$`, include only ASCII letters and can only contain these special characters: {ActorPath.ValidSymbols}.");
    }

    private void SuspendChildren(IReadOnlyCollection<IActorRef> except)
    {
        foreach (var child in GetChildren())
            if (!except.Contains(child)) child.Suspend();
    }

    private void ResumeChildren(Exception? cause, IActorRef? perpetrator)
    {
        foreach (var child in GetChildren()) child.Resume(child.Equals(perpetrator) ? cause : null);
    }

    private void HandleChildTerminated(IActorRef child)
    {
        var waitedFor = _children.Remove(child);
        switch (waitedFor)
        {
            case { Kind: ChildrenAwaited.ForRecreation }:
                FinishRecreate(waitedFor.Cause!);
                break;
            case { Kind: ChildrenAwaited.ForCreation }:
                FinishCreate();
                break;
            case { Kind: ChildrenAwaited.ForTermination }:
                FinishTerminate();
                break;
        }
    }
}
