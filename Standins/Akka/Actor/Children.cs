namespace Akka.Actor;

/// <summary>An actor's children by name, which of them are being stopped, and what waits for that.</summary>
internal sealed class Children
{
    private Dictionary<string, ChildRestartStats>? _byName;
    private HashSet<IActorRef>? _dying;
    private ChildrenWait? _wait;
    private bool _terminated;

    /// <summary>Whether the actor has begun to stop, or has stopped.</summary>
    public bool IsTerminating => _terminated || _wait?.Kind == ChildrenAwaited.ForTermination;

    /// <summary>Whether the actor is being made anew and waits for its children to stop.</summary>
    public bool IsWaitingToRestart => _wait?.Kind is ChildrenAwaited.ForCreation or ChildrenAwaited.ForRecreation;

    /// <summary>Whether nothing waits for children to stop.</summary>
    public bool IsNormal => !_terminated && _wait is null;

    public void Add(string name, LocalActorRef child, ActorPath parent)
    {
        lock (this)
        {
            if (IsTerminating) throw new InvalidOperationException($"Cannot create child [{name}] of [{parent}] while it is terminating or terminated.");
            _byName ??= [];
            if (!_byName.TryAdd(name, new ChildRestartStats(child))) throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");
        }
    }

    public LocalActorRef? Find(string name)
    {
        lock (this)
        {
            return _byName is not null && _byName.TryGetValue(name, out var stats) ? stats.Child : null;
        }
    }

    public ChildRestartStats? StatsOf(IActorRef child)
    {
        lock (this)
        {
            return _byName is not null && _byName.TryGetValue(child.Path.Name, out var stats) && stats.Child.Equals(child) ? stats : null;
        }
    }

    public LocalActorRef[] All()
    {
        lock (this)
        {
            return _byName is null ? [] : [.. _byName.Values.Select(s => s.Child)];
        }
    }

    public ChildRestartStats[] AllStats()
    {
        lock (this)
        {
            return _byName is null ? [] : [.. _byName.Values];
        }
    }

    public void MarkDying(IActorRef child)
    {
        lock (this)
        {
            if (StatsOf(child) is not null) (_dying ??= []).Add(child);
        }
    }

    /// <summary>Has something done once the children that are being stopped are gone; false where there are none to wait for.</summary>
    public bool WaitForDying(ChildrenWait wait)
    {
        lock (this)
        {
            if (_dying is not { Count: > 0 }) return false;
            _wait = wait;
            return true;
        }
    }

    /// <summary>Forgets a child that has stopped; returns what waited for it, if it was the last.</summary>
    public ChildrenWait? Remove(IActorRef child)
    {
        lock (this)
        {
            if (StatsOf(child) is not null) _byName!.Remove(child.Path.Name);
            if (_dying is null || !_dying.Remove(child) || _dying.Count > 0) return null;
            var wait = _wait;
            _wait = null;
            if (wait?.Kind == ChildrenAwaited.ForTermination) _terminated = true;
            return wait;
        }
    }

    public void SetTerminated()
    {
        lock (this)
        {
            _terminated = true;
        }
    }
}
