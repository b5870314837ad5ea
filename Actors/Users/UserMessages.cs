using WebChat.Actors.Accounts;
using WebChat.Actors.Connections;
using WebChat.Actors.Rooms;
using WebChat.V1;

namespace WebChat.Actors.Users;

/// <summary>A request to one user.</summary>
public abstract record UserRequest(UserId UserId) : Request
{
    public override string EntityId => UserId.Value;
}

/// <summary>What a user can be asked to do.</summary>
public static class UserCommands
{
    /// <summary>Makes the profile if there is none; answered by <see cref="UserReplies.ProfileIs"/> either way.</summary>
    public sealed record Create(UserId UserId, string Nickname) : UserRequest(UserId);

    /// <summary>Changes the named fields (in the contract's snake_case) to those of <paramref name="Profile"/>; answered by <see cref="UserReplies.ProfileIs"/>.</summary>
    public sealed record UpdateProfile(UserId UserId, Profile Profile, IReadOnlyList<string> Fields) : UserRequest(UserId);

    /// <summary>
    /// The sending connection takes the session, and receives the user's notices from now on. Answered by
    /// <see cref="UserReplies.SessionAttached"/>: by the user, or by the connection that held the session when that has stopped.
    /// </summary>
    public sealed record AttachSession(UserId UserId, SessionId SessionId, FamilyId Family, bool HasTransport) : UserRequest(UserId);

    /// <summary>A session has lost its transport and waits for its client. Not answered.</summary>
    public sealed record NoteDetached(UserId UserId, SessionId SessionId) : IEntityMessage
    {
        public string EntityId => UserId.Value;
    }

    /// <summary>A session is over; answered by <see cref="Done"/>.</summary>
    public sealed record DetachSession(UserId UserId, SessionId SessionId) : UserRequest(UserId);

    /// <summary>Ends all sessions of one log-in; answered by <see cref="Done"/>.</summary>
    public sealed record EndSessions(UserId UserId, FamilyId Family) : UserRequest(UserId);

    /// <summary>The account is deleted: nothing of the person stays, and all sessions end; answered by <see cref="Done"/>.</summary>
    public sealed record Delete(UserId UserId) : UserRequest(UserId);

    /// <summary>Opens a group room and enters it; answered by <see cref="UserReplies.Entered"/>.</summary>
    public sealed record CreateRoom(UserId UserId, string Name, int Capacity, bool Open) : UserRequest(UserId);

    /// <summary>Enters an open group room; answered by <see cref="UserReplies.Entered"/>.</summary>
    public sealed record JoinRoom(UserId UserId, RoomId RoomId) : UserRequest(UserId);

    /// <summary>A room has taken the user in (the matcher says so); answered by <see cref="UserReplies.Entered"/>.</summary>
    public sealed record EnterRoom(UserId UserId, RoomId RoomId, Room.Types.Kind Kind) : UserRequest(UserId);

    /// <summary>A pair is kept: it stays a room of the user's, and stands in the way of no search. Answered by <see cref="Done"/>.</summary>
    public sealed record KeepRoom(UserId UserId, RoomId RoomId) : UserRequest(UserId);

    /// <summary>The user is no longer in the room, or the room is over; answered by <see cref="Done"/>.</summary>
    public sealed record ExitRoom(UserId UserId, RoomId RoomId) : UserRequest(UserId);

    /// <summary>The user's search has ended by itself: the sessions are to hear of it; answered by <see cref="Done"/>.</summary>
    public sealed record NoteSearchEnded(UserId UserId) : UserRequest(UserId);

    /// <summary>Never again a pair with this member of a room; answered by <see cref="UserReplies.BlockIs"/>, with the first block if there is one already.</summary>
    public sealed record Block(UserId UserId, RoomId RoomId, MemberId MemberId) : UserRequest(UserId);

    /// <summary>The register of bans tells until when the user is kept out, null: not (any more). Answered by <see cref="UserReplies.BanNoted"/>.</summary>
    public sealed record NoteBan(UserId UserId, DateTimeOffset? Until) : UserRequest(UserId);

    /// <summary>Takes a block back; answered by <see cref="Done"/>.</summary>
    public sealed record Unblock(UserId UserId, BlockId BlockId) : UserRequest(UserId);

    /// <summary>Answered by <see cref="Matching.MatcherReplies.SearchIs"/>.</summary>
    public sealed record StartSearch(UserId UserId, Mode Mode) : UserRequest(UserId);
}

/// <summary>What a user can be asked.</summary>
public static class UserQueries
{
    /// <summary>Answered by <see cref="UserReplies.ProfileIs"/>.</summary>
    public sealed record GetProfile(UserId UserId) : UserRequest(UserId);

    /// <summary>Answered by <see cref="Matching.MatcherReplies.SearchIs"/>: matched as long as the user talks with somebody, else as the matcher says.</summary>
    public sealed record GetSearch(UserId UserId) : UserRequest(UserId);

    /// <summary>Answered by <see cref="UserReplies.RoomsAre"/>.</summary>
    public sealed record GetRooms(UserId UserId) : UserRequest(UserId);

    /// <summary>Answered by <see cref="UserReplies.BlocksAre"/>.</summary>
    public sealed record GetBlocks(UserId UserId) : UserRequest(UserId);
}

/// <summary>What a user answers.</summary>
public static class UserReplies
{
    /// <param name="Profile">Not to be changed by who receives it.</param>
    public sealed record ProfileIs(Profile Profile) : Reply;

    /// <param name="Rooms">The rooms the user is in, oldest first.</param>
    public sealed record RoomsAre(IReadOnlyList<RoomId> Rooms) : Reply;

    /// <param name="UserId">Who is banned.</param>
    /// <param name="Until">As it was told.</param>
    /// <param name="IsCarriedOut">Whether nothing is left to be done: no rooms to leave, no search, no sessions.</param>
    public sealed record BanNoted(UserId UserId, DateTimeOffset? Until, bool IsCarriedOut) : Reply;

    /// <param name="Block">What the user may know of it; not to be changed by who receives it.</param>
    public sealed record BlockIs(Block Block) : Reply;

    /// <param name="Blocks">What the user may know of them, oldest first; not to be changed by who receives it.</param>
    /// <param name="Users">Whom the user has blocked, for the server alone.</param>
    public sealed record BlocksAre(IReadOnlyList<Block> Blocks, IReadOnlySet<UserId> Users) : Reply;

    /// <param name="Rooms">The rooms the user is in, oldest first.</param>
    /// <param name="Blocked">Whom the user has blocked.</param>
    public sealed record SessionAttached(IReadOnlyList<RoomId> Rooms, IReadOnlySet<UserId> Blocked) : Reply;

    /// <summary>The user is in the room.</summary>
    public sealed record Entered(RoomId RoomId) : Reply;
}

/// <summary>What a user tells the connections of its sessions.</summary>
public static class UserNotices
{
    /// <summary>The user is in a room that the session may not know yet.</summary>
    /// <param name="RoomId">Which.</param>
    /// <param name="Kind">A pair room is told as a match.</param>
    public sealed record RoomEntered(RoomId RoomId, Room.Types.Kind Kind);

    /// <summary>The room is none of the user's rooms any more.</summary>
    public sealed record RoomExited(RoomId RoomId);

    /// <summary>The user has blocked somebody, or has taken that back.</summary>
    /// <param name="Who">Whom.</param>
    /// <param name="Blocked">All whom the user has blocked now.</param>
    public sealed record BlocksChanged(UserId Who, IReadOnlySet<UserId> Blocked);

    /// <summary>The user's search has ended by itself.</summary>
    public sealed record SearchEnded(UserId UserId);

    /// <summary>The session is over, because its login has ended for example.</summary>
    public sealed record SessionEnded(CloseCode Reason);

    /// <summary>The sender, a connection of another node, takes the session over: stop, and then give it the answer.</summary>
    public sealed record SessionTaken(UserReplies.SessionAttached Attached);

    /// <summary>The user has forgotten its sessions (it restarts): attach again.</summary>
    public sealed record Forgotten(UserId UserId);
}
