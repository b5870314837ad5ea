using Akka.Actor;
using Google.Protobuf;
using WebChat.Actors.Connections;
using WebChat.Actors.Rooms;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Users;

/// <content>The owner of the personal data in the user's journal, and the deletion of the account.</content>
public sealed partial class UserActor
{
    protected override UserId PersonOf(IMessage part) => part is Blocked blocked ? new(blocked.UserId) : _id;

    // The rooms are told before the sessions end, so that none takes the member for absent.
    private void Disappear()
    {
        foreach (var room in Durable.RoomIds)
            _rooms.ActorRef.Tell(new RoomCommands.Erase(room, _id));
        Tell(new UserNotices.SessionEnded(CloseCode.Unauthenticated));
    }

    // A room, or the matcher, may have added the user after the account was deleted. The room then erases the member.
    private void Enter(Request request, RoomId room, Room.Types.Kind kind) => Carry(request, State.Enter(room, kind, Now), () =>
    {
        if (Durable.IsDeleted)
            _rooms.ActorRef.Tell(new RoomCommands.Erase(room, _id));
        return new UserReplies.Entered(room);
    });
}
