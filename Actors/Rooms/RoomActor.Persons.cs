using Google.Protobuf;
using WebChat.Actors.Users;
using Stored = WebChat.Journal.V1;

namespace WebChat.Actors.Rooms;

/// <content>The user that owns the personal data of a record.</content>
public sealed partial class RoomActor
{
    protected override UserId PersonOf(IMessage part) => part switch
    {
        Stored.MemberJoined joined => new(joined.UserId),
        Stored.RoomSnapshot.Types.Member member => new(member.UserId),
        Stored.MessagePosted posted => State.Persons[new(posted.MemberId)],
        Stored.MessageEdited edited => State.Persons[new(edited.MemberId)],
        _ => base.PersonOf(part),
    };
}
