using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using LeaveReason = WebChat.V1.MemberLeft.Types.Reason;
using MemberLeft = WebChat.Journal.V1.MemberLeft;

namespace WebChat.Actors.Rooms;

/// <content>What is a person's here, and what becomes of it when the account is deleted.</content>
public sealed partial record RoomState
{
    /// <summary>Erases a user with a deleted account: the member leaves, and the user's messages are removed, also those of earlier memberships.</summary>
    public Decision Erase(UserId user, DateTimeOffset now)
    {
        if (!Members.TryGetValue(user, out var member) || member.Erased)
            return Decision.Nothing;
        var leaving = Leave(user, LeaveReason.Deleted, now).Events;
        var left = Persons.Where(person => person.Value == user && (leaving.Count == 0 || person.Key != member.MemberId))
            .Select(person => new MemberLeft { At = now.ToUnixTimeMilliseconds(), MemberId = person.Key.Value, Reason = LeaveReason.Deleted, UserId = user.Value });
        return Decision.Happens([.. left, .. leaving]);
    }

    /// <summary>What a user has in a room that is open.</summary>
    public RoomReplies.ShareIs ShareOf(UserId user) =>
        new(Name, Opened!.Kind, [.. Persons.Where(person => person.Value == user).Select(person => person.Key)]);

    private RoomState Erase(MemberLeft e)
    {
        var member = MemberOf(e.MemberId);
        return this with
        {
            Members = Members.SetItem(member.UserId, member with { Nickname = "", Left = true, Erased = true }),
            Sent = Sent.Remove(new(e.MemberId)),
            LastMessage = LastMessage is { } last && last.Post.Author.Value == e.MemberId ? (new(last.Posted) { Text = "" }, last.Post.Remove()) : LastMessage,
        };
    }
}
