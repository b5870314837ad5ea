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

/// <summary>The commands of a user.</summary>
public static class UserCommands
{
    /// <summary>Creates the profile if there is none; answered by <see cref="UserReplies.ProfileIs"/> either way.</summary>
    public sealed record Create(UserId UserId, string Nickname) : UserRequest(UserId);

    /// <summary>Changes the named fields (in the contract's snake_case) to those of <paramref name="Profile"/>; answered by <see cref="UserReplies.ProfileIs"/>.</summary>
    public sealed record UpdateProfile(UserId UserId, Profile Profile, IReadOnlyList<string> Fields) : UserRequest(UserId);

    /// <summary>
    /// Gives the session to the sending connection, and subscribes it to the user's notices. Answered by
    /// <see cref="UserReplies.SessionAttached"/>: by the user, or by the former connection of the session once it has stopped.
    /// </summary>
    public sealed record AttachSession(UserId UserId, SessionId SessionId, FamilyId Family, bool HasTransport) : UserRequest(UserId);

    /// <summary>Notes that a session has lost its transport and waits for its client. Not answered.</summary>
    public sealed record NoteDetached(UserId UserId, SessionId SessionId) : IEntityMessage
    {
        public string EntityId => UserId.Value;
    }

    /// <summary>Notes that a session has ended; answered by <see cref="Done"/>.</summary>
    public sealed record DetachSession(UserId UserId, SessionId SessionId) : UserRequest(UserId);

    /// <summary>Ends all sessions of a login; answered by <see cref="Done"/>.</summary>
    public sealed record EndSessions(UserId UserId, FamilyId Family) : UserRequest(UserId);

    /// <summary>Subscribes the browser of a login to notifications; answered by <see cref="Done"/>.</summary>
    public sealed record SubscribePush(UserId UserId, FamilyId Family, PushSubscription Subscription) : UserRequest(UserId);

    /// <summary>Ends the subscription of a login, if there is one; answered by <see cref="Done"/>.</summary>
    public sealed record UnsubscribePush(UserId UserId, FamilyId Family) : UserRequest(UserId);

    /// <summary>Notes that something has happened in a room while the user is away; answered only by <see cref="UserReplies.HasNoPush"/>, where that is of no use.</summary>
    /// <param name="UserId">The user.</param>
    /// <param name="Kind">What has happened.</param>
    /// <param name="By">The user that did it; null if the room did.</param>
    public sealed record NoteMissed(UserId UserId, PushSubscription.Types.Kind Kind, UserId? By) : IEntityMessage
    {
        public string EntityId => UserId.Value;
    }

    /// <summary>Deletes the user and ends all sessions; answered by <see cref="Done"/>.</summary>
    public sealed record Delete(UserId UserId) : UserRequest(UserId);

    /// <summary>Opens a group room and enters it; answered by <see cref="UserReplies.Entered"/>, with the first room if the client id was used before.</summary>
    public sealed record CreateRoom(UserId UserId, string Name, int Capacity, bool Open, ClientId? ClientId = null) : UserRequest(UserId);

    /// <summary>Enters an open group room; answered by <see cref="UserReplies.Entered"/>.</summary>
    public sealed record JoinRoom(UserId UserId, RoomId RoomId) : UserRequest(UserId);

    /// <summary>Notes that a room has added the user, as the matcher reports; answered by <see cref="UserReplies.Entered"/>.</summary>
    public sealed record EnterRoom(UserId UserId, RoomId RoomId, Room.Types.Kind Kind) : UserRequest(UserId);

    /// <summary>Keeps a pair as one of the user's rooms, so that it does not prevent a search; answered by <see cref="Done"/>.</summary>
    public sealed record KeepRoom(UserId UserId, RoomId RoomId) : UserRequest(UserId);

    /// <summary>Notes up to which seq the user has read a room. Not answered.</summary>
    public sealed record NoteRead(UserId UserId, RoomId RoomId, long Seq) : IEntityMessage
    {
        public string EntityId => UserId.Value;
    }

    /// <summary>Notes that the user has left the room, or that the room has ended; answered by <see cref="Done"/>.</summary>
    public sealed record ExitRoom(UserId UserId, RoomId RoomId) : UserRequest(UserId);

    /// <summary>Tells the sessions that the user's search has ended by itself; answered by <see cref="Done"/>.</summary>
    public sealed record NoteSearchEnded(UserId UserId) : UserRequest(UserId);

    /// <summary>Blocks a fellow member from being paired with the user again; answered by <see cref="UserReplies.BlockIs"/>, with any existing block.</summary>
    public sealed record Block(UserId UserId, RoomId RoomId, MemberId MemberId) : UserRequest(UserId);

    /// <summary>Sets the end of the user's ban; null: not banned. Answered by <see cref="UserReplies.BanNoted"/>.</summary>
    public sealed record NoteBan(UserId UserId, DateTimeOffset? Until) : UserRequest(UserId);

    /// <summary>Notes that the account of a fellow member of some room is deleted. Not answered.</summary>
    public sealed record NoteErased(UserId UserId, UserId Erased) : IEntityMessage
    {
        public string EntityId => UserId.Value;
    }

    /// <summary>Removes a block; answered by <see cref="Done"/>.</summary>
    public sealed record Unblock(UserId UserId, BlockId BlockId) : UserRequest(UserId);

    /// <summary>Answered by <see cref="Matching.MatcherReplies.SearchIs"/>.</summary>
    public sealed record StartSearch(UserId UserId, Mode Mode) : UserRequest(UserId);
}

/// <summary>The queries of a user.</summary>
public static class UserQueries
{
    /// <summary>Answered by <see cref="UserReplies.ProfileIs"/>.</summary>
    public sealed record GetProfile(UserId UserId) : UserRequest(UserId);

    /// <summary>Answered by <see cref="Matching.MatcherReplies.SearchIs"/>: matched while the user is in a pair, otherwise the matcher's answer.</summary>
    public sealed record GetSearch(UserId UserId) : UserRequest(UserId);

    /// <summary>Whether the user has a connected client; answered by <see cref="Matching.MatcherCommands.NotePresence"/> to the matcher.</summary>
    public sealed record GetPresence(UserId UserId) : IEntityMessage
    {
        public string EntityId => UserId.Value;
    }

    /// <summary>Answered by <see cref="UserReplies.RoomsAre"/>.</summary>
    public sealed record GetRooms(UserId UserId) : UserRequest(UserId);

    /// <summary>Answered by <see cref="UserReplies.BlocksAre"/>.</summary>
    public sealed record GetBlocks(UserId UserId) : UserRequest(UserId);

    /// <summary>Answered by <see cref="UserReplies.PushesAre"/>.</summary>
    public sealed record GetPushes(UserId UserId) : UserRequest(UserId);
}

/// <summary>The answers of a user.</summary>
public static class UserReplies
{
    /// <param name="Profile">Not to be changed by the receiver.</param>
    public sealed record ProfileIs(Profile Profile) : Reply;

    /// <param name="Rooms">The user's rooms, oldest first.</param>
    public sealed record RoomsAre(IReadOnlyList<RoomPosition> Rooms) : Reply;

    /// <param name="UserId">The banned user.</param>
    /// <param name="Until">The end of the ban, as in the command.</param>
    /// <param name="IsCarriedOut">Whether nothing is left to do: no rooms to leave, no search, no sessions.</param>
    public sealed record BanNoted(UserId UserId, DateTimeOffset? Until, bool IsCarriedOut) : Reply;

    /// <param name="Block">The block as the user sees it; not to be changed by the receiver.</param>
    public sealed record BlockIs(Block Block) : Reply;

    /// <param name="Blocks">The blocks as the user sees them, oldest first; not to be changed by the receiver.</param>
    /// <param name="Users">The blocked users, for the server alone.</param>
    public sealed record BlocksAre(IReadOnlyList<Block> Blocks, IReadOnlySet<UserId> Users) : Reply;

    /// <param name="Rooms">The user's rooms, oldest first.</param>
    /// <param name="Blocked">The blocked users.</param>
    public sealed record SessionAttached(IReadOnlyList<RoomPosition> Rooms, IReadOnlySet<UserId> Blocked) : Reply;

    /// <param name="Subscriptions">The subscriptions without their keys; not to be changed by the receiver.</param>
    public sealed record PushesAre(IReadOnlyList<PushSubscription> Subscriptions) : Reply;

    /// <summary>The user has no browser to notify.</summary>
    public sealed record HasNoPush(UserId UserId) : Reply;

    /// <summary>The user is in the room.</summary>
    public sealed record Entered(RoomId RoomId) : Reply;
}

/// <summary>A room of a user, and the seq up to which the user has read it; 0 if nothing.</summary>
public readonly record struct RoomPosition(RoomId RoomId, long ReadSeq);

/// <summary>The notices that a user sends to its sessions.</summary>
public static class UserNotices
{
    /// <summary>The user is in a room that the session may not know yet.</summary>
    /// <param name="RoomId">The room.</param>
    /// <param name="Kind">A pair room is announced as a match.</param>
    public sealed record RoomEntered(RoomId RoomId, Room.Types.Kind Kind);

    /// <summary>The user is not in the room any more.</summary>
    public sealed record RoomExited(RoomId RoomId);

    /// <summary>The user has blocked or unblocked another user.</summary>
    /// <param name="Other">The other user.</param>
    /// <param name="Blocked">All users that the user blocks now.</param>
    public sealed record BlocksChanged(UserId Other, IReadOnlySet<UserId> Blocked);

    /// <summary>The user's search has ended by itself.</summary>
    public sealed record SearchEnded(UserId UserId);

    /// <summary>The session has ended, for example with its login.</summary>
    public sealed record SessionEnded(CloseCode Reason);

    /// <summary>The sender, a connection of another node, takes over the session. The receiver stops, and then sends it the answer.</summary>
    public sealed record SessionTaken(UserReplies.SessionAttached Attached);

    /// <summary>The user has restarted and forgotten its sessions. They attach again.</summary>
    public sealed record Forgotten(UserId UserId);
}
