using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <content>Watching others and being watched.</content>
internal sealed partial class ActorCell
{
    private static readonly object Plain = new();

    // Whom the actor watches, with the message that it wants instead of Terminated.
    private Dictionary<IActorRef, object>? _watching;

    // Whose Terminated is in the mailbox: an unwatch takes it back from there.
    private Dictionary<IActorRef, object>? _terminatedQueued;
    private HashSet<IActorRef>? _watchedBy;

    public IActorRef Watch(IActorRef subject) => WatchFor(subject, Plain);

    public IActorRef WatchWith(IActorRef subject, object message) =>
        WatchFor(subject, message ?? throw new ArgumentNullException(nameof(message)));

    public IActorRef Unwatch(IActorRef subject)
    {
        if (!subject.Equals(_self) && _watching is not null && _watching.Remove(subject) && subject is IInternalActorRef watchee)
            watchee.SendSystemMessage(new Unwatch(watchee, _self));
        _terminatedQueued?.Remove(subject);
        return subject;
    }

    /// <summary>A stashed <see cref="Terminated"/> has returned to the mailbox.</summary>
    public void RequeueTerminated(Terminated terminated) => (_terminatedQueued ??= []).TryAdd(terminated.ActorRef, Plain);

    private IActorRef WatchFor(IActorRef subject, object message)
    {
        if (subject.Equals(_self)) return subject;
        _watching ??= [];
        // Who watches already keeps the message of the first time.
        if (_watching.TryAdd(subject, message) && subject is IInternalActorRef watchee) watchee.SendSystemMessage(new Watch(watchee, _self));
        return subject;
    }

    private void ReceivedTerminated(Terminated terminated)
    {
        if (_terminatedQueued is null || !_terminatedQueued.Remove(terminated.ActorRef, out var instead)) return;
        var message = ReferenceEquals(instead, Plain) ? terminated : instead;
        _message = message;
        _actor!.AroundReceive(_behavior!, message);
    }

    private void WatchedActorTerminated(IActorRef actor, bool existenceConfirmed)
    {
        if (_watching is not null && _watching.Remove(actor, out var instead) && !IsTerminating)
        {
            (_terminatedQueued ??= [])[actor] = instead;
            _self.Tell(new Terminated(actor, existenceConfirmed, addressTerminated: false), actor);
        }

        if (_children.StatsOf(actor) is not null) HandleChildTerminated(actor);
    }

    private void AddWatcher(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (watchee.Equals(_self) && !watcher.Equals(_self)) (_watchedBy ??= []).Add(watcher);
    }

    private void RemoveWatcher(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (watchee.Equals(_self)) _watchedBy?.Remove(watcher);
    }

    private void TellWatchersWeDied()
    {
        if (_watchedBy is null) return;
        // The supervisor hears of it anyway.
        foreach (var watcher in _watchedBy)
            if (!watcher.Equals(_parent)) ((IInternalActorRef)watcher).SendSystemMessage(new DeathWatchNotification(_self, existenceConfirmed: true));
        _watchedBy = null;
    }

    private void UnwatchAll()
    {
        if (_watching is not null)
        {
            foreach (var subject in _watching.Keys)
                if (subject is IInternalActorRef watchee) watchee.SendSystemMessage(new Unwatch(watchee, _self));
        }

        _watching = null;
        _terminatedQueued = null;
    }
}
