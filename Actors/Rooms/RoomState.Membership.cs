using Google.Protobuf;
using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;
using EndReason = WebChat.V1.RoomEnded.Types.Reason;
using LeaveReason = WebChat.V1.MemberLeft.Types.Reason;
using MemberJoined = WebChat.Journal.V1.MemberJoined;
using MemberLeft = WebChat.Journal.V1.MemberLeft;
using RoomEnded = WebChat.Journal.V1.RoomEnded;

namespace WebChat.Actors.Rooms;

/// <content>Membership.</content>
public sealed partial record RoomState
{
    /// <summary>Members above which a room is a crowd.</summary>
    public const int CrowdAbove = 50;

    /// <summary>There is no such room.</summary>
    public static Decision NoSuchRoom { get; } = Decision.Reject(ErrorCode.NotFound, "Unknown room.", "room_id");

    /// <summary>The user has no part in the room.</summary>
    public static Decision NotAMember { get; } = Decision.Reject(ErrorCode.PermissionDenied, "You are not in this room.", "room_id");

    private static Decision NoSuchMember { get; } = Decision.Reject(ErrorCode.NotFound, "Unknown member.", "member_id");

    private static Decision Over { get; } = Decision.Reject(ErrorCode.FailedPrecondition, "The room has ended.", "room_id");

    /// <summary>The present members; in an ended room, the members at its end.</summary>
    public IEnumerable<RoomMember> Present => Members.Values.Where(member => !member.Left);

    /// <summary>The members that the room lists, longest-standing first: the present ones, and always both of a pair.</summary>
    public IEnumerable<RoomMember> Listed => (IsPair ? Members.Values : Present).OrderBy(member => member.Since);

    /// <summary>Whether the room has too many members to tell each about the typing and presence of all others.</summary>
    public bool IsCrowd => Present.Skip(CrowdAbove).Any();

    /// <summary>Whether a member that stays away leaves. Groups and kept pairs wait for their members.</summary>
    public bool NeedsPresence => IsPair && !Kept && !Ended;

    /// <summary>The user as a present member; null if not present.</summary>
    public RoomMember? PresentMember(UserId user) => Members.TryGetValue(user, out var member) && !member.Left ? member : null;

    /// <summary>The member as which a user may read the history: a present member, and always either of a pair.</summary>
    public RoomMember? Reader(UserId user) => IsPair ? Members.GetValueOrDefault(user) : PresentMember(user);

    /// <summary>Finds a member for another one, with the reveal level between them; a member sees everything of itself.</summary>
    public Decision Look(UserId user, MemberId id, out RoomMember? member, out int level)
    {
        member = null;
        level = 0;
        if (Read(user) is { Rejection: not null } unread)
            return unread;
        member = Members.Values.FirstOrDefault(m => m.MemberId == id && (IsPair || !m.Left));
        level = member?.UserId == user ? FullReveal : RevealLevel;
        return member is null ? NoSuchMember : Decision.Nothing;
    }

    /// <summary>Whether a user may see the room: every reader, and while it is open, every user that can join it.</summary>
    public Decision See(UserId user) =>
        Opened is { Open: true } && !Ended && Members.GetValueOrDefault(user) is not { Removed: true } ? Decision.Nothing : Read(user);

    /// <summary>Whether a user may read the room's history.</summary>
    public Decision Read(UserId user) =>
        Opened is null ? NoSuchRoom
        : Reader(user) is null ? NotAMember
        : Decision.Nothing;

    /// <summary>Opens the room for two.</summary>
    public Decision Open(RoomCommands.OpenPair command, DateTimeOffset now) => Opened is not null
        ? Decision.Nothing
        : Decision.Happens(
            Joined(command.First, now, new RoomOpened { Kind = Room.Types.Kind.Pair, Capacity = 2, Mode = command.Mode }),
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

    /// <summary>Lets a user join.</summary>
    public Decision Join(RoomCommands.Join command, DateTimeOffset now)
    {
        if (Opened is null)
            return NoSuchRoom;
        if (PresentMember(command.Person.UserId) is not null)
            return Ended ? Over : Decision.Nothing;
        if (!Opened.Open)
            return Decision.Reject(ErrorCode.PermissionDenied, "This room is not open.");
        if (Members.TryGetValue(command.Person.UserId, out var former) && former.Removed)
            return Decision.Reject(ErrorCode.PermissionDenied, "You were removed from this room.", "room_id");
        if (Ended)
            return Over;
        if (Present.Count() >= Opened.Capacity)
            return Decision.Reject(ErrorCode.FailedPrecondition, "The room is full.");
        var joined = Joined(command.Person, now, null);
        // A user that joins again is the member that left, and keeps its messages.
        if (Members.TryGetValue(command.Person.UserId, out var before))
            joined.MemberId = before.MemberId.Value;
        return Decision.Happens(joined);
    }

    /// <summary>Lets a member leave; a pair ends with that, and a group with its last member. A group of an owner that leaves passes to the longest-standing member.</summary>
    public Decision Leave(UserId user, LeaveReason reason, DateTimeOffset now)
    {
        if (Opened is null)
            return NoSuchRoom;
        if (!Members.TryGetValue(user, out var member))
            return NotAMember;
        if (Ended || member.Left)
            return Decision.Nothing;
        var left = new MemberLeft { At = now.ToUnixTimeMilliseconds(), MemberId = member.MemberId.Value, Reason = reason, UserId = user.Value };
        if (IsPair)
            return Decision.Happens([left, .. End(reason == LeaveReason.Absent ? EndReason.PartnerAbsent : EndReason.PartnerLeft, member, now)]);
        if (LongestStandingBut(member) is not { } next)
            return Decision.Happens([left, .. End(EndReason.Empty, member, now)]);
        return user == Owner
            ? Decision.Happens(left, PassedTo(next, now))
            : Decision.Happens(left);
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
            ? Decision.Happens(End(EndReason.Closed, member, now))
            : NotTheOwner;
    }

    private static MemberJoined Joined(Person person, DateTimeOffset now, RoomOpened? opened) => new()
    {
        At = now.ToUnixTimeMilliseconds(),
        MemberId = MemberId.New(now).Value,
        UserId = person.UserId.Value,
        Nickname = person.Nickname,
        Opened = opened,
    };

    // With the room ends its call.
    private IReadOnlyList<IMessage> End(EndReason reason, RoomMember? by, DateTimeOffset now)
    {
        var ended = new RoomEnded { At = now.ToUnixTimeMilliseconds(), Reason = reason, ByMemberId = by?.MemberId.Value ?? "" };
        return Call is null ? [ended] : [EndOf(Call, by, now, lost: reason == EndReason.PartnerAbsent), ended];
    }

    // The user as a member that may act in the room now, or the rejection.
    private Decision? Hinders(UserId user, out RoomMember member)
    {
        member = Reader(user)!;
        return Opened is null ? NoSuchRoom : member is null ? NotAMember : Ended ? Over : null;
    }
}
