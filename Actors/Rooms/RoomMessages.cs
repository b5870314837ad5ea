using Google.Protobuf.WellKnownTypes;
using WebChat.Actors.Connections;
using WebChat.Actors.Users;
using WebChat.V1;

namespace WebChat.Actors.Rooms;

/// <summary>A request to one room.</summary>
public abstract record RoomRequest(RoomId RoomId) : Request
{
    public override string EntityId => RoomId.Value;
}

/// <summary>What a room can be asked to do.</summary>
public static class RoomCommands
{
    /// <summary>Opens the room for two, unless it is open already; answered by <see cref="RoomReplies.RoomIs"/>.</summary>
    public sealed record OpenPair(RoomId RoomId, Person First, Person Second, Mode Mode = Mode.Chat) : RoomRequest(RoomId);

    /// <summary>Opens a group room for its owner, unless it is open already; answered by <see cref="RoomReplies.RoomIs"/>.</summary>
    public sealed record OpenGroup(RoomId RoomId, Person Owner, string Name, int Capacity, bool Open) : RoomRequest(RoomId);

    /// <summary>Lets a user join an open group room; answered by <see cref="RoomReplies.RoomIs"/>, also if the user is in it already.</summary>
    public sealed record Join(RoomId RoomId, Person Person) : RoomRequest(RoomId);

    /// <summary>Answered by <see cref="RoomReplies.RoomIs"/>, also when gone already. A pair room ends.</summary>
    public sealed record Leave(RoomId RoomId, UserId UserId) : RoomRequest(RoomId);

    /// <summary>Leaves if the room is a pair with one of <paramref name="From"/>; answered by <see cref="RoomReplies.Parted"/> either way.</summary>
    public sealed record Part(RoomId RoomId, UserId UserId, IReadOnlySet<UserId> From) : RoomRequest(RoomId);

    /// <summary>The account of a present or former member is deleted; answered by <see cref="RoomReplies.Erased"/>, also if the room does not know the user.</summary>
    public sealed record Erase(RoomId RoomId, UserId UserId) : RoomRequest(RoomId);

    /// <summary>Ends the room for all; answered by <see cref="RoomReplies.RoomIs"/>, also when it has ended already.</summary>
    public sealed record End(RoomId RoomId, UserId UserId) : RoomRequest(RoomId);

    /// <summary>The owner gives a group another name; answered by <see cref="RoomReplies.RoomIs"/>.</summary>
    public sealed record Rename(RoomId RoomId, UserId UserId, RoomName Name) : RoomRequest(RoomId);

    /// <summary>The owner puts a member out of a group for good; answered by <see cref="RoomReplies.RoomIs"/>, also when removed already.</summary>
    public sealed record RemoveMember(RoomId RoomId, UserId UserId, MemberId MemberId) : RoomRequest(RoomId);

    /// <summary>Posts a message; answered by <see cref="RoomReplies.Posted"/> once it is on disk. The same (member, client id) again gets the first answer again, for the last 64 of each member.</summary>
    /// <param name="RoomId">Which room.</param>
    /// <param name="UserId">The author.</param>
    /// <param name="ClientId">The client's id for the message.</param>
    /// <param name="Text">The text.</param>
    /// <param name="InReplyTo">The id of the message that this one answers; may be empty.</param>
    /// <param name="Trace">The id of the caller's span; null if the message is not traced.</param>
    public sealed record Send(RoomId RoomId, UserId UserId, ClientId ClientId, MessageText Text, string InReplyTo, string? Trace = null) : RoomRequest(RoomId);

    /// <summary>Changes an own message; answered by <see cref="RoomReplies.Changed"/>.</summary>
    public sealed record Edit(RoomId RoomId, UserId UserId, MessageId MessageId, MessageText Text) : RoomRequest(RoomId);

    /// <summary>Removes an own message; answered by <see cref="RoomReplies.Changed"/>.</summary>
    public sealed record Remove(RoomId RoomId, UserId UserId, MessageId MessageId) : RoomRequest(RoomId);

    /// <summary>Puts an emoji at a message or takes it back; answered by <see cref="RoomReplies.Changed"/>.</summary>
    public sealed record React(RoomId RoomId, UserId UserId, MessageId MessageId, Emoji Emoji, bool On) : RoomRequest(RoomId);

    /// <summary>Answers the open question; answered by <see cref="RoomReplies.Changed"/>.</summary>
    public sealed record Answer(RoomId RoomId, UserId UserId, string PromptId, bool Yes) : RoomRequest(RoomId);

    /// <summary>Asks the partner to keep the room; answered by <see cref="RoomReplies.Changed"/>.</summary>
    public sealed record Keep(RoomId RoomId, UserId UserId) : RoomRequest(RoomId);

    /// <summary>
    /// A word of WebRTC to the partner, which may begin, answer or end a call; answered by <see cref="RoomReplies.Changed"/>.
    /// <paramref name="CallId"/> is the call that is meant; empty: the present one.
    /// </summary>
    public sealed record Signal(RoomId RoomId, UserId UserId, SessionId SessionId, V1.Signal.Types.Kind Kind, SignalPayload Payload, string CallId) : RoomRequest(RoomId);

    /// <summary>The sending connection wants the room's events; answered by <see cref="RoomReplies.Attached"/>, after which come those behind its last seq.</summary>
    /// <param name="RoomId">Which room.</param>
    /// <param name="UserId">The user of the session.</param>
    /// <param name="SessionId">Which session.</param>
    /// <param name="Online">Whether it has a socket.</param>
    /// <param name="Receipt">How far the session's client is, as the session knows.</param>
    public sealed record Attach(RoomId RoomId, UserId UserId, SessionId SessionId, bool Online, Receipt Receipt = default) : RoomRequest(RoomId);

    /// <summary>A session wants no more events. Not answered.</summary>
    /// <param name="RoomId">The room.</param>
    /// <param name="UserId">The user of the session.</param>
    /// <param name="SessionId">The session.</param>
    /// <param name="Leaves">Why the user leaves a pair now, if this was the user's last session; null: the user may come back.</param>
    public sealed record Detach(RoomId RoomId, UserId UserId, SessionId SessionId, MemberLeft.Types.Reason? Leaves) : IEntityMessage
    {
        public string EntityId => RoomId.Value;
    }

    /// <summary>A session gained or lost its socket. Not answered.</summary>
    public sealed record SetOnline(RoomId RoomId, UserId UserId, SessionId SessionId, bool Online) : IEntityMessage
    {
        public string EntityId => RoomId.Value;
    }

    /// <summary>A member began or ceased typing. Not answered.</summary>
    public sealed record SetTyping(RoomId RoomId, UserId UserId, bool Active) : IEntityMessage
    {
        public string EntityId => RoomId.Value;
    }

    /// <summary>A member has received the events up to a seq. Not answered.</summary>
    public sealed record NoteReceived(RoomId RoomId, UserId UserId, long Seq) : IEntityMessage
    {
        public string EntityId => RoomId.Value;
    }

    /// <summary>A member has read up to a seq; answered by <see cref="RoomReplies.Read"/>.</summary>
    public sealed record MarkRead(RoomId RoomId, UserId UserId, long Seq) : RoomRequest(RoomId);
}

/// <summary>What a room can be asked.</summary>
public static class RoomQueries
{
    /// <summary>Answered by <see cref="RoomReplies.RoomIs"/>: to members in full, to others as far as the room is open to them.</summary>
    /// <param name="RoomId">The room.</param>
    /// <param name="UserId">The asking user.</param>
    /// <param name="ReadSeq">Up to which seq the user has read the room, as the user entity knows; 0 if that is not known.</param>
    public sealed record GetRoom(RoomId RoomId, UserId UserId, long ReadSeq = 0) : RoomRequest(RoomId);

    /// <summary>What a user has here, whether still in the room or not; answered by <see cref="RoomReplies.ShareIs"/>.</summary>
    public sealed record GetShare(RoomId RoomId, UserId UserId) : RoomRequest(RoomId);

    /// <summary>A member's user, and how much of the profile the room reveals; answered by <see cref="RoomReplies.MemberIs"/>.</summary>
    public sealed record GetMember(RoomId RoomId, UserId UserId, MemberId MemberId) : RoomRequest(RoomId);

    /// <summary>A page of the members, longest-standing first; answered by <see cref="RoomReplies.MembersAre"/>.</summary>
    /// <param name="RoomId">Which room.</param>
    /// <param name="UserId">The user that asks.</param>
    /// <param name="After">Since when the last member of the page before is here; 0 for the first page.</param>
    /// <param name="Size">How many members at the most.</param>
    public sealed record GetMembers(RoomId RoomId, UserId UserId, long After, int Size) : RoomRequest(RoomId);

    /// <summary>A present or former member, for another one; answered by <see cref="RoomReplies.FellowIs"/>.</summary>
    public sealed record GetFellow(RoomId RoomId, UserId UserId, MemberId MemberId) : RoomRequest(RoomId);

    /// <summary>Whether a user is a present member of a room that has not ended; answered by <see cref="RoomReplies.Membership"/>.</summary>
    public sealed record StillIn(RoomId RoomId, UserId UserId) : RoomRequest(RoomId);
}

/// <summary>What a room answers.</summary>
public static class RoomReplies
{
    /// <summary>A room as a user sees it.</summary>
    /// <param name="Room">Not to be changed by the receiver.</param>
    /// <param name="Users">The users of the members, in their order; for the server alone.</param>
    public abstract record Seen(Room Room, IReadOnlyList<UserId> Users) : Reply
    {
        /// <summary>The room for a client, with the members marked that its user has blocked: the room itself does not know of blocks.</summary>
        public Room For(IReadOnlySet<UserId> blocked)
        {
            if (blocked.Count == 0 || !Users.Any(blocked.Contains))
                return Room;
            var room = Room.Clone();
            room.Members.Clear();
            room.Members.Add(Marked(Room.Members, Users, blocked));
            return room;
        }
    }

    /// <summary>The room as the asking user sees it.</summary>
    public sealed record RoomIs(Room Room, IReadOnlyList<UserId> Users) : Seen(Room, Users);

    /// <summary>The room as the session's user sees it; its events follow from now on.</summary>
    public sealed record Attached(Room Room, IReadOnlyList<UserId> Users) : Seen(Room, Users);

    /// <summary>The user is in no pair here with any of those that were named.</summary>
    public sealed record Parted(RoomId RoomId) : Reply;

    /// <param name="RoomId">The room.</param>
    /// <param name="IsIn">Whether the user is a present member, and the room has not ended.</param>
    public sealed record Membership(RoomId RoomId, bool IsIn) : Reply;

    /// <summary>For the server alone: no client may hear of the users.</summary>
    /// <param name="Fellow">The member that was asked for.</param>
    /// <param name="Members">The present and former members by every id that they have had.</param>
    public sealed record FellowIs(RoomMember Fellow, IReadOnlyDictionary<MemberId, RoomMember> Members) : Reply;

    /// <summary>What was asked is done, and a client is told no more than that.</summary>
    public abstract record Acknowledged : Reply
    {
        /// <summary>What the client gets.</summary>
        public abstract Ack ToAck();
    }

    /// <param name="Name">The room's; empty for a pair.</param>
    /// <param name="Kind">The room's.</param>
    /// <param name="Members">Under which ids the user is or was in the room; none for a stranger.</param>
    public sealed record ShareIs(string Name, Room.Types.Kind Kind, IReadOnlyList<MemberId> Members) : Reply;

    /// <summary>The room has nothing of that person any more.</summary>
    public sealed record Erased(RoomId RoomId) : Reply;

    /// <summary>The message is on disk.</summary>
    public sealed record Posted(RoomId RoomId, long Seq, MessageId MessageId, DateTimeOffset At) : Acknowledged
    {
        public override Ack ToAck() => new() { RoomId = RoomId.Value, Seq = Seq, MessageId = MessageId.Value, At = Timestamp.FromDateTimeOffset(At) };
    }

    /// <summary>It is on disk; <paramref name="Seq"/> is the room's newest event, which is this change if it changed anything.</summary>
    public sealed record Changed(RoomId RoomId, long Seq, string MessageId, DateTimeOffset At) : Acknowledged
    {
        public override Ack ToAck() => new() { RoomId = RoomId.Value, Seq = Seq, MessageId = MessageId, At = Timestamp.FromDateTimeOffset(At) };
    }

    /// <summary>The mark is set.</summary>
    public sealed record Read(RoomId RoomId, long Seq) : Acknowledged
    {
        public override Ack ToAck() => new() { RoomId = RoomId.Value, Seq = Seq };
    }

    /// <summary>For the server alone: no client may hear of <paramref name="Member"/>.</summary>
    /// <param name="Member">The member's user.</param>
    /// <param name="RevealLevel">How much of the profile the asking member may see.</param>
    /// <param name="View">The member as the asking one sees it; a copy that the receiver owns.</param>
    public sealed record MemberIs(UserId Member, int RevealLevel, Member View) : Reply;

    /// <param name="Members">Longest-standing first, as the asking user sees them.</param>
    /// <param name="Users">Their users; for the server alone.</param>
    /// <param name="Next">What the next page comes after; 0 if there is none.</param>
    public sealed record MembersAre(IReadOnlyList<Member> Members, IReadOnlyList<UserId> Users, long Next) : Reply
    {
        /// <summary>The members for a client, with those marked that its user has blocked.</summary>
        public IEnumerable<Member> For(IReadOnlySet<UserId> blocked) => Marked(Members, Users, blocked);
    }

    private static IEnumerable<Member> Marked(IEnumerable<Member> members, IEnumerable<UserId> users, IReadOnlySet<UserId> blocked) =>
        members.Zip(users, (member, user) => blocked.Contains(user) ? new Member(member) { Blocked = true } : member);
}

/// <summary>What a room tells the attached connections.</summary>
public static class RoomNotices
{
    /// <summary>An event, made once for all receivers.</summary>
    public sealed record Happened(RoomId RoomId, long Seq, OutboundFrame Frame);

    /// <summary>Something that passes: typing, presence, a receipt, a signal.</summary>
    public sealed record Passing(RoomId RoomId, OutboundFrame Frame);

    /// <summary>To the supervisor of another node's sessions: an event for several of them.</summary>
    public sealed record HappenedForAll(IReadOnlyList<SessionId> Sessions, Happened Happened);

    /// <summary>To the supervisor of another node's sessions: a passing notice for several of them.</summary>
    public sealed record PassingForAll(IReadOnlyList<SessionId> Sessions, Passing Passing);

    /// <summary>The room has forgotten its sessions (it restarts or rests): attach again.</summary>
    public sealed record Forgotten(RoomId RoomId);
}
