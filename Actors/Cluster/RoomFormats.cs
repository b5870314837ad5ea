using Google.Protobuf;
using WebChat.Actors.Connections;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using static WebChat.Actors.Cluster.MessageFormat;
using Wire = WebChat.Cluster.V1;

namespace WebChat.Actors.Cluster;

/// <summary>The formats of the frequent messages between rooms and sessions.</summary>
internal static class RoomFormats
{
    public static MessageFormat Send { get; } = Protobuf(
        "room.send.1",
        (RoomCommands.Send m) =>
        {
            var wire = new Wire.Send { Tag = m.Tag, RoomId = m.RoomId.Value, UserId = m.UserId.Value, ClientId = m.ClientId.Value, Text = m.Text.Value, InReplyTo = m.InReplyTo };
            if (m.Trace is not null)
                wire.Trace = m.Trace;
            return wire;
        },
        wire => new(new(wire.RoomId), new(wire.UserId), new(wire.ClientId), new(wire.Text), wire.InReplyTo, wire.HasTrace ? wire.Trace : null) { Tag = wire.Tag });

    public static MessageFormat Posted { get; } = Protobuf(
        "room.posted.1",
        (RoomReplies.Posted m) => new Wire.Posted { Tag = m.Tag, RoomId = m.RoomId.Value, Seq = m.Seq, MessageId = m.MessageId.Value, At = m.At.ToUnixTimeMilliseconds() },
        wire => new(new(wire.RoomId), wire.Seq, new(wire.MessageId), DateTimeOffset.FromUnixTimeMilliseconds(wire.At)) { Tag = wire.Tag });

    public static MessageFormat Attach { get; } = Protobuf(
        "room.attach.1",
        (RoomCommands.Attach m) => new Wire.Attach
        {
            Tag = m.Tag,
            RoomId = m.RoomId.Value,
            UserId = m.UserId.Value,
            SessionId = m.SessionId.Value,
            Online = m.Online,
            Received = m.Receipt.Received,
            Read = m.Receipt.Read,
        },
        wire => new(new(wire.RoomId), new(wire.UserId), new(wire.SessionId), wire.Online, new(wire.Received, wire.Read)) { Tag = wire.Tag });

    public static MessageFormat Attached { get; } = Protobuf(
        "room.attached.1",
        (RoomReplies.Attached m) => new Wire.Attached { Tag = m.Tag, Room = m.Room, UserIds = { m.Users.Select(user => user.Value) } },
        wire => new(wire.Room, [.. wire.UserIds.Select(user => new UserId(user))]) { Tag = wire.Tag });

    public static MessageFormat SetOnline { get; } = Protobuf(
        "room.set-online.1",
        (RoomCommands.SetOnline m) => new Wire.SetOnline { RoomId = m.RoomId.Value, UserId = m.UserId.Value, SessionId = m.SessionId.Value, Online = m.Online },
        wire => new(new(wire.RoomId), new(wire.UserId), new(wire.SessionId), wire.Online));

    public static MessageFormat SetTyping { get; } = Protobuf(
        "room.set-typing.1",
        (RoomCommands.SetTyping m) => new Wire.SetTyping { RoomId = m.RoomId.Value, UserId = m.UserId.Value, Active = m.Active },
        wire => new(new(wire.RoomId), new(wire.UserId), wire.Active));

    public static MessageFormat NoteReceived { get; } = Protobuf(
        "room.note-received.1",
        (RoomCommands.NoteReceived m) => new Wire.NoteReceived { RoomId = m.RoomId.Value, UserId = m.UserId.Value, Seq = m.Seq },
        wire => new(new(wire.RoomId), new(wire.UserId), wire.Seq));

    public static MessageFormat MarkRead { get; } = Protobuf(
        "room.mark-read.1",
        (RoomCommands.MarkRead m) => new Wire.MarkRead { Tag = m.Tag, RoomId = m.RoomId.Value, UserId = m.UserId.Value, Seq = m.Seq },
        wire => new(new(wire.RoomId), new(wire.UserId), wire.Seq) { Tag = wire.Tag });

    public static MessageFormat Read { get; } = Protobuf(
        "room.read.1",
        (RoomReplies.Read m) => new Wire.Read { Tag = m.Tag, RoomId = m.RoomId.Value, Seq = m.Seq },
        wire => new(new(wire.RoomId), wire.Seq) { Tag = wire.Tag });

    public static MessageFormat Happened { get; } = Protobuf("room.happened.1", (Func<RoomNotices.Happened, Wire.Happened>)ToWire, FromWire);

    public static MessageFormat Passing { get; } = Protobuf("room.passing.1", (Func<RoomNotices.Passing, Wire.Passing>)ToWire, FromWire);

    public static MessageFormat HappenedForAll { get; } = Protobuf(
        "room.happened-for-all.1",
        (RoomNotices.HappenedForAll m) => new Wire.HappenedForAll { SessionIds = { m.Sessions.Select(session => session.Value) }, Happened = ToWire(m.Happened) },
        wire => new(Sessions(wire.SessionIds), FromWire(wire.Happened)));

    public static MessageFormat PassingForAll { get; } = Protobuf(
        "room.passing-for-all.1",
        (RoomNotices.PassingForAll m) => new Wire.PassingForAll { SessionIds = { m.Sessions.Select(session => session.Value) }, Passing = ToWire(m.Passing) },
        wire => new(Sessions(wire.SessionIds), FromWire(wire.Passing)));

    private static Wire.Happened ToWire(RoomNotices.Happened m) => new() { RoomId = m.RoomId.Value, Seq = m.Seq, Frame = m.Frame.Binary };

    private static Wire.Passing ToWire(RoomNotices.Passing m) => new() { RoomId = m.RoomId.Value, Frame = m.Frame.Binary };

    private static RoomNotices.Happened FromWire(Wire.Happened wire) => new(new(wire.RoomId), wire.Seq, OutboundFrame.Parse(wire.Frame));

    private static RoomNotices.Passing FromWire(Wire.Passing wire) => new(new(wire.RoomId), OutboundFrame.Parse(wire.Frame, droppable: true));

    private static IReadOnlyList<SessionId> Sessions(IEnumerable<string> ids) => [.. ids.Select(id => new SessionId(id))];
}
