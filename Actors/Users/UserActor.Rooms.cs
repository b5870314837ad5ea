using Akka.Actor;
using WebChat.Actors.Rooms;

namespace WebChat.Actors.Users;

/// <content>
/// The rooms that the user believes to be in. The notice that a room has ended may have been lost with the process, or may have come
/// before the user noted that it entered. So each room is asked, until it has answered.
/// </content>
public sealed partial class UserActor
{
    private static readonly TimeSpan ConfirmAgainAfter = TimeSpan.FromSeconds(5);

    // The rooms that have not answered yet.
    private readonly HashSet<RoomId> _unconfirmed = [];

    private void ReceiveRooms()
    {
        Command<RoomReplies.Membership>(Confirmed);
        Command<ConfirmAgain>(_ => Confirm([.. _unconfirmed]));
    }

    private void Confirm(IEnumerable<RoomId> rooms)
    {
        foreach (var room in rooms)
        {
            _unconfirmed.Add(room);
            _rooms.ActorRef.Tell(new RoomQueries.StillIn(room, _id));
        }

        if (_unconfirmed.Count > 0)
            Timers.StartSingleTimer(ConfirmAgain.Instance, ConfirmAgain.Instance, ConfirmAgainAfter);
    }

    private void Confirmed(RoomReplies.Membership membership)
    {
        _unconfirmed.Remove(membership.RoomId);
        if (!membership.IsIn)
            Commit(State.Exit(membership.RoomId, Now).Events, () => { });
    }

    private sealed record ConfirmAgain : INoSerializationVerificationNeeded { public static readonly ConfirmAgain Instance = new(); }
}
