using Akka.Actor;
using Akka.Event;
using WebChat.Actors.Options;
using WebChat.Actors.Push;
using WebChat.Journal.V1;
using WebChat.V1;
using Kind = WebChat.V1.PushSubscription.Types.Kind;

namespace WebChat.Actors.Users;

/// <content>
/// Notifications of browsers while no session of the user has a transport. They are delayed for a moment, so that a client that has
/// only lost its connection can return.
/// </content>
public sealed partial class UserActor
{
    // A caller that calls again and again must not flood the user.
    private static readonly TimeSpan CallRest = TimeSpan.FromSeconds(10);

    private readonly PushSender _push;
    private readonly PushOptions _pushes;
    private readonly TimeSpan _loginLifetime;
    private readonly CancellationTokenSource _stopped = new();

    // How many events of each kind the user has missed since the last notification.
    private readonly Dictionary<Kind, int> _missed = [];
    private readonly Dictionary<Kind, DateTimeOffset> _pushedAt = [];

    private void ReceivePush()
    {
        Command<UserCommands.SubscribePush>(c => Carry(c, State.SubscribePush(c.Family, c.Subscription, Now), () => new Done()));
        Command<UserCommands.UnsubscribePush>(c => Carry(c, State.UnsubscribePush(c.Family, Now), () => new Done()));
        Command<UserQueries.GetPushes>(c => Carry(c, IfThere(), () => new UserReplies.PushesAre(
            [.. Durable.Pushes.Select(push => new PushSubscription { Endpoint = push.Subscription.Endpoint, Kinds = { push.Subscription.Kinds } })])));
        Command<UserCommands.NoteMissed>(NoteMissed);
        Command<PushDue>(due => PushTo(due.Kind));
        Command<PushEnded>(ended => EndPush(ended.Push));
        Command<PushFailed>(failed =>
        {
            if (failed.Cause is not OperationCanceledException)
                Log.Warning(failed.Cause, "A notification could not be made");
        });
    }

    private void NoteMissed(UserCommands.NoteMissed missed)
    {
        if (Durable.Pushes.IsEmpty)
            Sender.Tell(new UserReplies.HasNoPush(_id));
        else if (missed.By is not { } by || !Durable.BlockedUsers.Contains(by))
            Miss(missed.Kind);
    }

    private void Miss(Kind kind)
    {
        if (Durable.Pushes.IsEmpty || IsConnected || Durable.Refusal(Now) is not null)
            return;
        _missed[kind] = _missed.GetValueOrDefault(kind) + 1;
        if (_missed[kind] > 1)
            return;
        // A call that is notified later has stopped ringing.
        if (kind == Kind.Call)
        {
            if (_pushedAt.TryGetValue(kind, out var called) && called + CallRest > Now)
                _missed.Remove(kind);
            else
                PushTo(kind);
            return;
        }

        var rest = _pushedAt.TryGetValue(kind, out var at) ? at + _pushes.AtMostEvery - Now : TimeSpan.Zero;
        Timers.StartSingleTimer(kind, new PushDue(kind), rest > _pushes.After ? rest : _pushes.After);
    }

    private void PushTo(Kind kind)
    {
        if (!_missed.Remove(kind, out var count) || IsConnected)
            return;
        _pushedAt[kind] = Now;
        foreach (var push in Durable.Pushes.Where(push => push.Subscription?.Kinds.Contains(kind) == true && DateTimeOffset.FromUnixTimeMilliseconds(push.At) + _loginLifetime > Now))
        {
            _push.SendAsync(push.Subscription, kind, count, _stopped.Token).PipeTo(
                Self,
                success: isAlive => isAlive ? new Done() : new PushEnded(push),
                failure: cause => new PushFailed(cause));
        }
    }

    // Meanwhile the login may have subscribed again.
    private void EndPush(PushSubscribed ended)
    {
        if (State.Pushes.Contains(ended))
            Commit(State.UnsubscribePush(new(ended.LoginId), Now).Events, () => { });
    }

    /// <summary>Drops what is missed: the user has connected.</summary>
    private void SeeAll()
    {
        foreach (var kind in _missed.Keys)
            Timers.Cancel(kind);
        _missed.Clear();
    }

    private bool IsConnected => _sessions.Values.Any(session => session.WaitsSince is null);

    private sealed record PushDue(Kind Kind) : INoSerializationVerificationNeeded;

    private sealed record PushEnded(PushSubscribed Push) : INoSerializationVerificationNeeded;

    private sealed record PushFailed(Exception Cause) : INoSerializationVerificationNeeded;
}
