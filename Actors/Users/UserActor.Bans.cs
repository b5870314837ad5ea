using Akka.Actor;
using WebChat.Actors.Connections;
using WebChat.Actors.Matching;
using WebChat.Actors.Rooms;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Users;

/// <content>
/// Bans. The register tells the user of a ban repeatedly. Each time the user does what is still to be done: it leaves its rooms,
/// ends its search and closes its sessions.
/// </content>
public sealed partial class UserActor
{
    // Whether the matcher has confirmed, since the ban, that the user does not wait.
    private bool _searchIsOver;

    private void ReceiveBans()
    {
        Command<UserCommands.NoteBan>(c => Carry(c, State.NoteBan(c.Until, Now), () => new UserReplies.BanNoted(_id, c.Until, Enforce())));
        Command<MatcherReplies.SearchIs>(search => _searchIsOver = search.State.State != SearchState.Types.State.Waiting);
    }

    // Returns whether there was nothing left to do.
    private bool Enforce()
    {
        if (Durable.Refusal(Now) is null)
            return true;
        var rooms = Durable.RoomsToQuit.ToList();
        foreach (var room in rooms)
            _rooms.ActorRef.Tell(new RoomCommands.Leave(room, _id));
        if (!_searchIsOver)
            _matcher.ActorRef.Tell(new MatcherCommands.Withdraw(_id, Withdrawn.Types.Reason.Banned));
        var sessions = _sessions.Count;
        Tell(new UserNotices.SessionEnded(CloseCode.Banned));
        return rooms.Count == 0 && _searchIsOver && sessions == 0;
    }
}
