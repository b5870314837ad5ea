using Akka.Actor;
using Google.Protobuf;
using WebChat.Actors.Connections;
using WebChat.Actors.Rooms;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Users;

/// <content>Whose what the user's journal says is, and what becomes of it with the account.</content>
public sealed partial class UserActor
{
    protected override UserId PersonOf(IMessage part) => part is Blocked blocked ? new(blocked.UserId) : _id;

    // The rooms hear of it before the sessions end: nobody is to take the person for merely absent.
    private void Disappear()
    {
        foreach (var room in Durable.RoomIds)
            _rooms.ActorRef.Tell(new RoomCommands.Erase(room, _id));
        Tell(new UserNotices.SessionEnded(CloseCode.Unauthenticated));
    }

    // A room, or the matcher, may have taken in somebody whose account was deleted meanwhile: then nobody has come.
    private void Enter(Request request, RoomId room, Room.Types.Kind kind) => Carry(request, State.Enter(room, kind, Now), () =>
    {
        if (Durable.IsDeleted)
            _rooms.ActorRef.Tell(new RoomCommands.Erase(room, _id));
        return new UserReplies.Entered(room);
    });
}
