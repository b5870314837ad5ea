using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;

namespace WebChat.Actors.Journal;

/// <summary>Reads rooms' history straight from the journal, without disturbing the room. Sees what is on disk.</summary>
public interface IRoomHistory
{
    /// <summary>The public events with <paramref name="after"/> &lt; seq ≤ <paramref name="upTo"/>, in order, as they come from disk.</summary>
    IAsyncEnumerable<RoomEvent> ReadEvents(RoomId room, long after, long upTo, CancellationToken cancellation);

    /// <summary>A page of messages before a seq, newest first, as they stand now.</summary>
    /// <param name="room">Which room.</param>
    /// <param name="before">Only messages with a smaller seq; <see cref="long.MaxValue"/> for the newest.</param>
    /// <param name="size">How many at the most.</param>
    /// <param name="reader">Whose own messages carry their client id.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<ListMessagesResponse> ListMessages(RoomId room, long before, int size, MemberId reader, CancellationToken cancellation);

    /// <summary>The rooms that a user is, or ever was, in.</summary>
    Task<IReadOnlyList<RoomId>> RoomsOf(UserId user, CancellationToken cancellation);
}
