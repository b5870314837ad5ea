using Akka.Actor;
using Google.Protobuf.WellKnownTypes;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using WebChat.V1;
using Kind = WebChat.V1.Signal.Types.Kind;

namespace WebChat.Actors.Rooms;

/// <content>Calls: the routes of signals, and lost parties.</content>
public sealed partial class RoomActor
{
    private static readonly Decision Elsewhere = Decision.Reject(ErrorCode.FailedPrecondition, "Another of your sessions is in the call.");

    private readonly CallRoute _route = new();

    private void Signal(RoomCommands.Signal command)
    {
        Seen(command.UserId);
        var decision = IsElsewhere(command) ? Elsewhere : State.Signal(command, _voice.RingFor, Now);
        var at = Now;
        Carry(command, decision, () =>
        {
            Relay(command);
            return new RoomReplies.Changed(_id, Durable.LastSeq, "", at);
        });
        if (decision.Rejection is null && State.Call is { } call && command.Kind != Kind.HangUp)
            _route.Take(call, command.UserId, command.SessionId);
        WatchCall();
    }

    // A call has one session on either side; another may take over from one that is gone, and hang up for any.
    private bool IsElsewhere(RoomCommands.Signal command) =>
        command.Kind != Kind.HangUp
        && State.Call is { } call
        && _route.SessionOf(call, command.UserId) is { } session
        && session != command.SessionId
        && _attendance.IsOnline(command.UserId, session);

    private void Relay(RoomCommands.Signal command)
    {
        if (command.Kind == Kind.HangUp || Durable.Call is not { } call)
            return;
        var passing = new RoomNotices.Passing(_id, new OutboundFrame(droppable: true, frame: new()
        {
            Signal = new()
            {
                RoomId = _id.Value,
                MemberId = Durable.Members[command.UserId].MemberId.Value,
                Kind = command.Kind,
                Payload = command.Payload.Value,
                CallId = call.Id,
            },
        }));
        if (call.AnsweredAt is null)
            _route.Ring(passing, command.Kind == Kind.Offer);
        var partner = Durable.Members.Keys.Single(user => user != command.UserId);
        foreach (var connection in _route.SessionOf(call, partner) is { } session ? _attendance.Of(partner, session) : _attendance.Of(partner))
            connection.Tell(passing);
    }

    // A session that attaches while a call rings receives its signals.
    private void RingAt(UserId user, IActorRef connection)
    {
        if (Durable.PresentMember(user) is not { } member || Durable.Call?.RingsAt(member.MemberId) != true)
            return;
        foreach (var signal in _route.Ringing)
            connection.Tell(signal);
    }

    private void WatchCall()
    {
        if (!Durable.IsPair)
            return;
        foreach (var member in Durable.Members.Values)
        {
            var key = new Party(member.UserId);
            if (Durable.Call is not { } call || IsThere(call, member))
                Timers.Cancel(key);
            else if (!Timers.IsTimerActive(key))
                Timers.StartSingleTimer(key, new PartyLost(call.Id, member.UserId), _voice.LostAfter);
        }
    }

    private bool IsThere(OpenCall call, RoomMember member) =>
        call.RingsAt(member.MemberId)
        || (_route.SessionOf(call, member.UserId) is { } session ? _attendance.IsOnline(member.UserId, session) : _attendance.IsOnline(member.UserId));

    private static Call? ViewOf(OpenCall? call) => call is null ? null : new()
    {
        CallId = call.Id,
        State = call.AnsweredAt is null ? Call.Types.State.Ringing : Call.Types.State.Active,
        ByMemberId = call.By.Value,
        StartedAt = Timestamp.FromDateTimeOffset(call.StartedAt),
        RingsUntil = Timestamp.FromDateTimeOffset(call.RingsUntil),
        AnsweredAt = call.AnsweredAt is { } at ? Timestamp.FromDateTimeOffset(at) : null,
    };

    private sealed record Party(UserId User);

    private sealed record PartyLost(string Call, UserId User) : INoSerializationVerificationNeeded;
}
