using Akka.Actor;
using WebChat.Actors.Connections;
using WebChat.Actors.Matching;
using WebChat.Actors.Rooms;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Users;

/// <content>
/// Bans. Each time the register tells of a ban, what it means is done as far as it is not done yet: the rooms are left, the
/// search is ended, the sessions are closed. The register repeats itself until there is nothing left to do.
/// </content>
public sealed partial class UserActor
{
    // Whether the matcher has said, since the ban, that the user does not wait.
    private bool _searchIsOver;

    private void ReceiveBans()
    {
        Command<UserCommands.NoteBan>(c => Carry(c, State.NoteBan(c.Until, Now), () => new UserReplies.BanNoted(_id, c.Until, Enforce())));
        Command<MatcherReplies.SearchIs>(search => _searchIsOver = search.State.State != SearchState.Types.State.Waiting);
    }

    // Gives whether nothing was left to be done.
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
