using Akka.Actor;
using WebChat.Actors.Users;
using WebChat.V1;

namespace WebChat.Actors.Rooms;

/// <content>Members that are away learn of what they miss, if they have a browser to notify. A crowded room tells none, since that would wake all its members.</content>
public sealed partial class RoomActor
{
    // The members without a browser to notify, as far as the room has learned since they were last here.
    private readonly HashSet<UserId> _pushless = [];

    private void NotePushless(UserReplies.HasNoPush reply)
    {
        if (!_attendance.IsOnline(reply.UserId))
            _pushless.Add(reply.UserId);
    }

    private void TellAway(PushSubscription.Types.Kind kind, UserId? by = null)
    {
        if (Durable.IsCrowd)
            return;
        foreach (var user in Durable.Present.Select(member => member.UserId))
        {
            if (user != by && !_attendance.IsOnline(user) && !_pushless.Contains(user))
                _users.ActorRef.Tell(new UserCommands.NoteMissed(user, kind, by));
        }
    }
}
