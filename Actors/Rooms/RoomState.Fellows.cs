using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using LeaveReason = WebChat.V1.MemberLeft.Types.Reason;

namespace WebChat.Actors.Rooms;

/// <content>Blocks and reports of other members.</content>
public sealed partial record RoomState
{
    /// <summary>The present and former members by every id that they have had.</summary>
    public IReadOnlyDictionary<MemberId, RoomMember> MembersById => Persons.ToDictionary(person => person.Key, person => Members[person.Value]);

    /// <summary>Finds a present or former member for another one, also in an ended room.</summary>
    public Decision Meet(UserId user, MemberId id, out RoomMember? fellow)
    {
        fellow = Persons.TryGetValue(id, out var person) ? Members[person] : null;
        if (Opened is null)
            return NoSuchRoom;
        if (!Members.ContainsKey(user))
            return NotAMember;
        if (fellow is null)
            return NoSuchMember;
        return fellow.UserId == user
            ? Decision.Reject(ErrorCode.InvalidArgument, "That is you.", "member_id")
            : Decision.Nothing;
    }

    /// <summary>Lets a user leave a pair with one of the named users; the partner learns no more than that.</summary>
    public Decision Part(UserId user, IReadOnlySet<UserId> from, DateTimeOffset now) =>
        IsPair && Members.ContainsKey(user) && Members.Keys.Any(from.Contains) ? Leave(user, LeaveReason.Left, now) : Decision.Nothing;
}
