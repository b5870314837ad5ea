using Akka.Actor;
using Google.Protobuf.WellKnownTypes;
using WebChat.Actors.Connections;
using WebChat.Actors.Users;
using WebChat.V1;

namespace WebChat.Actors.Rooms;

/// <content>
/// Presence, typing and receipts, which the room does not persist: read positions lie with the users. A crowded room sends none of them, since
/// that would grow with the square of its members.
/// </content>
public sealed partial class RoomActor
{
    private static readonly TimeSpan TypingLasts = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan ReceiptsGather = TimeSpan.FromMilliseconds(200);

    private void SetOnline(RoomCommands.SetOnline command)
    {
        var wasOnline = _attendance.IsOnline(command.UserId);
        _attendance.SetOnline(command.UserId, command.SessionId, command.Online);
        TellPresence(command.UserId, wasOnline);
        WatchCall();
    }

    private void TellPresence(UserId user, bool wasOnline)
    {
        var online = _attendance.IsOnline(user);
        if (online == wasOnline)
            return;
        if (!online)
            EndTyping(user);
        Pass(user, member =>
        {
            var presence = new PresenceNotice { RoomId = _id.Value, MemberId = member, Online = online };
            if (!online)
                presence.LastSeen = Timestamp.FromDateTimeOffset(Now);
            return new() { Presence = presence };
        });
    }

    // A client repeats its typing notice while its user types: a client that falls silent, or is gone, types no more.
    private void SetTyping(RoomCommands.SetTyping command)
    {
        if (Durable.PresentMember(command.UserId) is null)
            return;
        if (command.Active)
            BeginTyping(command.UserId);
        else
            EndTyping(command.UserId);
    }

    private void BeginTyping(UserId user)
    {
        var over = new TypingOver(user);
        Timers.StartSingleTimer(over, over, TypingLasts);
        TellTyping(user, active: true);
    }

    private void EndTyping(UserId user)
    {
        var over = new TypingOver(user);
        if (!Timers.IsTimerActive(over))
            return;
        Timers.Cancel(over);
        TellTyping(user, active: false);
    }

    private void TellTyping(UserId user, bool active) =>
        Pass(user, member => new() { Typing = new() { RoomId = _id.Value, MemberId = member, Active = active } });

    private void NoteReceived(RoomCommands.NoteReceived command)
    {
        if (Durable.PresentMember(command.UserId) is not null)
            Note(command.UserId, new(command.Seq, 0));
    }

    private void MarkRead(RoomCommands.MarkRead command)
    {
        Seen(command.UserId);
        Carry(command, State.Read(command.UserId), () =>
        {
            var before = _receipts.Of(command.UserId).Read;
            Note(command.UserId, new(command.Seq, command.Seq));
            var read = _receipts.Of(command.UserId).Read;
            if (read > before)
                _users.ActorRef.Tell(new UserCommands.NoteRead(command.UserId, _id, read));
            return new RoomReplies.Read(_id, read);
        });
    }

    private void Note(UserId user, Receipt receipt)
    {
        if (_receipts.Note(user, receipt.UpTo(Durable.LastSeq)) && !Timers.IsTimerActive(ReceiptsDue.Instance))
            Timers.StartSingleTimer(ReceiptsDue.Instance, ReceiptsDue.Instance, ReceiptsGather);
    }

    private void TellReceipts()
    {
        foreach (var (user, told, now) in _receipts.TakeUntold())
        {
            if (now.Read > told.Read)
                Pass(user, member => new() { Read = new() { RoomId = _id.Value, MemberId = member, Seq = now.Read } });
            if (now.Received > Math.Max(told.Received, now.Read))
                Pass(user, member => new() { Delivered = new() { RoomId = _id.Value, MemberId = member, Seq = now.Received } });
        }
    }

    private void Pass(UserId about, Func<string, ServerFrame> frame)
    {
        if (Durable.Ended || Durable.IsCrowd || Durable.PresentMember(about) is not { } member)
            return;
        var notice = new RoomNotices.Passing(_id, new OutboundFrame(frame(member.MemberId.Value), droppable: true));
        Sharing.Tell(_attendance.Others(about), notice, static (sessions, shared) => new RoomNotices.PassingForAll(sessions, shared), Self, Context.System);
    }

    private sealed record TypingOver(UserId User) : INoSerializationVerificationNeeded;

    private sealed record ReceiptsDue : INoSerializationVerificationNeeded { public static readonly ReceiptsDue Instance = new(); }
}
