using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using LeaveReason = WebChat.V1.MemberLeft.Types.Reason;

namespace WebChat.Actors.Rooms;

/// <content>What one may do about those whom one has met in the room.</content>
public sealed partial record RoomState
{
    /// <summary>All who are, or were, in the room, by every member id they have had.</summary>
    public IReadOnlyDictionary<MemberId, RoomMember> Everybody => Persons.ToDictionary(person => person.Key, person => Members[person.Value]);

    /// <summary>Finds a fellow, be it a former one, for who is, or was, in the room, be it over or not.</summary>
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

    /// <summary>Lets somebody go who is a pair with one of those named; the others learn no more than that.</summary>
    public Decision Part(UserId user, IReadOnlySet<UserId> from, DateTimeOffset now) =>
        IsPair && Members.ContainsKey(user) && Members.Keys.Any(from.Contains) ? Leave(user, LeaveReason.Left, now) : Decision.Nothing;
}
