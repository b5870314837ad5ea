using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using LeaveReason = WebChat.V1.MemberLeft.Types.Reason;
using MemberLeft = WebChat.Journal.V1.MemberLeft;
using OwnerChanged = WebChat.Journal.V1.OwnerChanged;
using RoomRenamed = WebChat.Journal.V1.RoomRenamed;

namespace WebChat.Actors.Rooms;

/// <content>The owner of a group.</content>
public sealed partial record RoomState
{
    private static Decision NotTheOwner { get; } = Decision.Reject(ErrorCode.PermissionDenied, "Only the owner of the room may do that.", "room_id");

    /// <summary>Gives the group another name.</summary>
    public Decision Rename(RoomCommands.Rename command, DateTimeOffset now)
    {
        if (HindersOwner(command.UserId, out var owner) is { } hindrance)
            return hindrance;
        return command.Name.Value == Name
            ? Decision.Nothing
            : Decision.Happens(new RoomRenamed { At = now.ToUnixTimeMilliseconds(), Name = command.Name.Value, ByMemberId = owner.MemberId.Value });
    }

    /// <summary>Puts a member out of the group, for good.</summary>
    public Decision RemoveMember(RoomCommands.RemoveMember command, DateTimeOffset now)
    {
        if (HindersOwner(command.UserId, out var owner) is { } hindrance)
            return hindrance;
        if (command.MemberId == owner.MemberId)
            return Decision.Reject(ErrorCode.FailedPrecondition, "You cannot remove yourself; leave the room instead.", "member_id");
        return Members.Values.FirstOrDefault(m => m.MemberId == command.MemberId) switch
        {
            { Removed: true } => Decision.Nothing,
            { Left: false } => Decision.Happens(new MemberLeft { At = now.ToUnixTimeMilliseconds(), MemberId = command.MemberId.Value, Reason = LeaveReason.Removed, UserId = Persons[command.MemberId].Value }),
            _ => NoSuchMember,
        };
    }

    // The longest-standing of the other present members.
    private RoomMember? LongestStandingBut(RoomMember gone) => Listed.FirstOrDefault(member => member != gone);

    private static OwnerChanged PassedTo(RoomMember next, DateTimeOffset now) => new() { At = now.ToUnixTimeMilliseconds(), MemberId = next.MemberId.Value };

    private Decision? HindersOwner(UserId user, out RoomMember owner)
    {
        if (Hinders(user, out owner) is { } hindrance)
            return hindrance;
        return IsPair ? Decision.Reject(ErrorCode.FailedPrecondition, "A room for two has no owner.", "room_id")
            : user != Owner ? NotTheOwner
            : null;
    }
}
