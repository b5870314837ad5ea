using Akka.Actor;
using WebChat.Actors.Rooms;

namespace WebChat.Actors.Users;

/// <content>
/// Blocks. A block is persisted first. Then the matcher is told, and every pair room is asked to remove the user if the partner is
/// blocked, repeatedly until the room has answered, also after a crash.
/// </content>
public sealed partial class UserActor
{
    private static readonly TimeSpan PartAgainAfter = TimeSpan.FromSeconds(2);

    // The pair rooms that have not answered yet.
    private readonly HashSet<RoomId> _toPart = [];

    private void ReceiveBlocks()
    {
        Command<UserCommands.Block>(Block);
        Command<UserCommands.Unblock>(c => Carry(c, State.Unblock(c.BlockId, Now), () => new Done()));
        Command<UserQueries.GetBlocks>(c => Carry(c, IfThere(), () => new UserReplies.BlocksAre([.. Durable.Blocks.Select(UserState.ToPublic)], Durable.BlockedUsers)));
        Command<FellowFound>(found => Carry(found.For, State.Block(found.Fellow, Now), () => BlockOf(found.Fellow.UserId)));
        Command<RoomReplies.Parted>(parted => _toPart.Remove(parted.RoomId));
        Command<PartAgain>(_ => Part([.. _toPart]));
        Command<UserCommands.NoteErased>(NoteErased);
    }

    // The room knows the member's user; the client does not.
    private void Block(UserCommands.Block command) => AskRoom<RoomReplies.FellowIs>(
        command, new RoomQueries.GetFellow(command.RoomId, _id, command.MemberId), found => new FellowFound(command, found.Fellow));

    private UserReplies.BlockIs BlockOf(UserId blocked) => new(UserState.ToPublic(Durable.Blocks.Find(block => block.UserId == blocked.Value)!));

    // The nickname of the blocked user is in memory, and its key is destroyed: it is not recovered.
    private void NoteErased(UserCommands.NoteErased noted)
    {
        if (State.BlockedUsers.Contains(noted.Erased))
            Passivate();
    }

    private void KeepApart()
    {
        TellMatcher();
        Part(State.PairsToPart);
    }

    private void Part(IEnumerable<RoomId> rooms)
    {
        foreach (var room in rooms)
        {
            _toPart.Add(room);
            _rooms.ActorRef.Tell(new RoomCommands.Part(room, _id, Durable.BlockedUsers));
        }

        if (_toPart.Count > 0)
            Timers.StartSingleTimer(PartAgain.Instance, PartAgain.Instance, PartAgainAfter);
    }

    private sealed record FellowFound(UserCommands.Block For, RoomMember Fellow) : INoSerializationVerificationNeeded;

    private sealed record PartAgain : INoSerializationVerificationNeeded { public static readonly PartAgain Instance = new(); }
}
