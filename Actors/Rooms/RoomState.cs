using System.Collections.Immutable;
using Google.Protobuf;
using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;
using MemberJoined = WebChat.Journal.V1.MemberJoined;
using MemberLeft = WebChat.Journal.V1.MemberLeft;
using MessagePosted = WebChat.Journal.V1.MessagePosted;
using RoomEnded = WebChat.Journal.V1.RoomEnded;

namespace WebChat.Actors.Rooms;

/// <summary>A room, as its events have made it, and what it decides about commands.</summary>
public sealed record RoomState : IEntityState<RoomState>
{
    /// <inheritdoc/>
    public static RoomState Initial { get; } = new();

    /// <summary>How the room was opened; null as long as there is no room.</summary>
    public RoomOpened? Opened { get; private init; }

    /// <summary>When the room was opened.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The seq of the newest event, which is its sequence number in the journal.</summary>
    public long LastSeq { get; private init; }

    /// <summary>Whether the room is over.</summary>
    public bool Ended { get; private init; }

    /// <summary>Who opened a group room.</summary>
    public UserId Owner { get; private init; }

    /// <summary>All who are, or were, in the room.</summary>
    public ImmutableDictionary<UserId, RoomMember> Members { get; private init; } = ImmutableDictionary<UserId, RoomMember>.Empty;

    /// <summary>By member and client id, what was posted.</summary>
    public ImmutableDictionary<(MemberId, string), Post> Posts { get; private init; } = ImmutableDictionary<(MemberId, string), Post>.Empty;

    /// <summary>Whether it is a room for two.</summary>
    public bool IsPair => Opened?.Kind == Room.Types.Kind.Pair;

    /// <summary>Those who are in the room; in a room that has ended, those who were in it at the end.</summary>
    public IEnumerable<RoomMember> Present => Members.Values.Where(member => !member.Left);

    /// <summary>The user as a member who is in the room; null if not in it.</summary>
    public RoomMember? PresentMember(UserId user) => Members.TryGetValue(user, out var member) && !member.Left ? member : null;

    /// <summary>Whom the history is open to: who is in the room, and in an ended pair room both, whoever left it.</summary>
    public RoomMember? Reader(UserId user) => IsPair ? Members.GetValueOrDefault(user) : PresentMember(user);

    /// <summary>Opens the room for two.</summary>
    public Decision Open(RoomCommands.OpenPair command, DateTimeOffset now) => Opened is not null
        ? Decision.Nothing
        : Decision.Happens(
            Joined(command.First, now, new RoomOpened { Kind = Room.Types.Kind.Pair, Capacity = 2 }),
            Joined(command.Second, now, null));

    /// <summary>Opens a group room.</summary>
    public Decision Open(RoomCommands.OpenGroup command, DateTimeOffset now) => Opened is not null
        ? Decision.Nothing
        : Decision.Happens(Joined(command.Owner, now, new RoomOpened
        {
            Kind = Room.Types.Kind.Group,
            Name = command.Name,
            Capacity = command.Capacity,
            Open = command.Open,
        }));

    /// <summary>Takes somebody in.</summary>
    public Decision Join(RoomCommands.Join command, DateTimeOffset now)
    {
        if (Opened is null)
            return NoSuchRoom;
        if (PresentMember(command.Person.UserId) is not null)
            return Ended ? Over : Decision.Nothing;
        if (!Opened.Open)
            return Decision.Reject(ErrorCode.PermissionDenied, "This room is not open.");
        if (Ended)
            return Over;
        return Present.Count() >= Opened.Capacity
            ? Decision.Reject(ErrorCode.FailedPrecondition, "The room is full.")
            : Decision.Happens(Joined(command.Person, now, null));
    }

    /// <summary>Lets somebody go; a pair ends with that, and a group with its last member.</summary>
    public Decision Leave(UserId user, WebChat.V1.MemberLeft.Types.Reason reason, DateTimeOffset now)
    {
        if (Opened is null)
            return NoSuchRoom;
        if (!Members.TryGetValue(user, out var member))
            return NotAMember;
        if (Ended || member.Left)
            return Decision.Nothing;
        var left = new MemberLeft { At = now.ToUnixTimeMilliseconds(), MemberId = member.MemberId.Value, Reason = reason };
        if (IsPair)
        {
            return Decision.Happens(left, EndedBy(member, now, reason == WebChat.V1.MemberLeft.Types.Reason.Absent
                ? WebChat.V1.RoomEnded.Types.Reason.PartnerAbsent
                : WebChat.V1.RoomEnded.Types.Reason.PartnerLeft));
        }

        return Present.Count() > 1
            ? Decision.Happens(left)
            : Decision.Happens(left, EndedBy(member, now, WebChat.V1.RoomEnded.Types.Reason.Empty));
    }

    /// <summary>Ends the room for all.</summary>
    public Decision End(RoomCommands.End command, DateTimeOffset now)
    {
        if (Opened is null)
            return NoSuchRoom;
        if (Reader(command.UserId) is not { } member)
            return NotAMember;
        if (Ended)
            return Decision.Nothing;
        return IsPair || command.UserId == Owner
            ? Decision.Happens(EndedBy(member, now, WebChat.V1.RoomEnded.Types.Reason.Closed))
            : Decision.Reject(ErrorCode.PermissionDenied, "Only who opened the room can end it.");
    }

    /// <summary>Posts a message, unless it was posted before.</summary>
    public Decision Send(RoomCommands.Send command, DateTimeOffset now)
    {
        if (Opened is null)
            return NoSuchRoom;
        if (Reader(command.UserId) is not { } member)
            return NotAMember;
        if (Posts.ContainsKey((member.MemberId, command.ClientId.Value)))
            return Decision.Nothing;
        if (Ended)
            return Over;
        if (command.InReplyTo.Length > 0 && Posts.Values.All(post => post.MessageId.Value != command.InReplyTo))
            return Decision.Reject(ErrorCode.NotFound, "There is no such message to reply to.", "in_reply_to");
        return Decision.Happens(new MessagePosted
        {
            At = now.ToUnixTimeMilliseconds(),
            MessageId = MessageId.New(now).Value,
            MemberId = member.MemberId.Value,
            ClientId = command.ClientId.Value,
            Text = command.Text.Value,
            InReplyTo = command.InReplyTo,
        });
    }

    /// <inheritdoc/>
    public RoomState Apply(IMessage journaled) => journaled switch
    {
        MemberJoined e => Apply(e) with { LastSeq = LastSeq + 1 },
        MemberLeft e => Apply(e) with { LastSeq = LastSeq + 1 },
        MessagePosted e => this with
        {
            Posts = Posts.SetItem((new(e.MemberId), e.ClientId), new(new(e.MessageId), LastSeq + 1, DateTimeOffset.FromUnixTimeMilliseconds(e.At))),
            LastSeq = LastSeq + 1,
        },
        RoomEnded => this with { Ended = true, LastSeq = LastSeq + 1 },
        _ => throw new ArgumentException($"{journaled.Descriptor.FullName} is not an event of a room.", nameof(journaled)),
    };

    /// <inheritdoc/>
    public static RoomState FromSnapshot(IMessage snapshot)
    {
        var from = (RoomSnapshot)snapshot;
        return new()
        {
            Opened = from.Opened,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(from.CreatedAt),
            LastSeq = from.LastSeq,
            Ended = from.Ended,
            Owner = new(from.OwnerId),
            Members = from.Members.ToImmutableDictionary(m => new UserId(m.UserId), m => new RoomMember(new(m.MemberId), new(m.UserId), m.Nickname, m.Left)),
            Posts = from.Posts.ToImmutableDictionary(
                p => (new MemberId(p.MemberId), p.ClientId),
                p => new Post(new(p.MessageId), p.Seq, DateTimeOffset.FromUnixTimeMilliseconds(p.At))),
        };
    }

    /// <inheritdoc/>
    public IMessage ToSnapshot() => new RoomSnapshot
    {
        Opened = Opened,
        CreatedAt = CreatedAt.ToUnixTimeMilliseconds(),
        LastSeq = LastSeq,
        Ended = Ended,
        OwnerId = Owner.Value,
        Members =
        {
            Members.Values.Select(m => new RoomSnapshot.Types.Member { MemberId = m.MemberId.Value, UserId = m.UserId.Value, Nickname = m.Nickname, Left = m.Left }),
        },
        Posts =
        {
            Posts.Select(p => new RoomSnapshot.Types.Post
            {
                MemberId = p.Key.Item1.Value,
                ClientId = p.Key.Item2,
                MessageId = p.Value.MessageId.Value,
                Seq = p.Value.Seq,
                At = p.Value.At.ToUnixTimeMilliseconds(),
            }),
        },
    };

    /// <summary>There is no such room.</summary>
    public static Decision NoSuchRoom { get; } = Decision.Reject(ErrorCode.NotFound, "There is no such room.", "room_id");

    /// <summary>The user has no part in the room.</summary>
    public static Decision NotAMember { get; } = Decision.Reject(ErrorCode.PermissionDenied, "You are not in this room.", "room_id");

    private static Decision Over { get; } = Decision.Reject(ErrorCode.FailedPrecondition, "The room has ended.", "room_id");

    private static MemberJoined Joined(Person person, DateTimeOffset now, RoomOpened? opened) => new()
    {
        At = now.ToUnixTimeMilliseconds(),
        MemberId = MemberId.New(now).Value,
        UserId = person.UserId.Value,
        Nickname = person.Nickname,
        Opened = opened,
    };

    private static RoomEnded EndedBy(RoomMember member, DateTimeOffset now, WebChat.V1.RoomEnded.Types.Reason reason) =>
        new() { At = now.ToUnixTimeMilliseconds(), Reason = reason, ByMemberId = member.MemberId.Value };

    private RoomState Apply(MemberJoined e)
    {
        var member = new RoomMember(new(e.MemberId), new(e.UserId), e.Nickname, Left: false);
        var joined = this with { Members = Members.SetItem(member.UserId, member) };
        return e.Opened is null
            ? joined
            : joined with { Opened = e.Opened, CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(e.At), Owner = member.UserId };
    }

    private RoomState Apply(MemberLeft e)
    {
        var member = Members.Values.Single(m => m.MemberId.Value == e.MemberId);
        return this with { Members = Members.SetItem(member.UserId, member with { Left = true }) };
    }
}
