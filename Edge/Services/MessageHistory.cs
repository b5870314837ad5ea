using WebChat.Actors.Hosting;
using WebChat.Actors.Journal;
using WebChat.Actors.Rooms;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>Reads the messages of rooms as they stand now.</summary>
public sealed class MessageHistory(Region<RoomRegion> rooms, RoomHistory history)
{
    /// <summary>A page of messages before a seq, newest first.</summary>
    /// <param name="room">Which room.</param>
    /// <param name="before">Only messages with a smaller seq; <see cref="long.MaxValue"/> for the newest.</param>
    /// <param name="size">How many at the most.</param>
    /// <param name="reader">Whose own messages carry their client id.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<ListMessagesResponse> Read(RoomId room, long before, int size, MemberId reader, CancellationToken cancellation)
    {
        var page = await history.ListMessages(room, before, size, reader, cancellation);
        await Overlay(room, page, cancellation);
        return page;
    }

    // History has the messages as they were posted; the room knows what has become of them.
    private async Task Overlay(RoomId room, ListMessagesResponse page, CancellationToken cancellation)
    {
        var messages = page.Messages.ToDictionary(message => message.MessageId);
        if (messages.Count == 0)
            return;
        var changes = await rooms.Ask<RoomReplies.ChangesAre>(new RoomQueries.GetChanges(room, [.. messages.Keys.Select(id => new MessageId(id))]), cancellation);
        foreach (var post in changes.Posts)
            RoomEvents.Overlay(messages[post.MessageId.Value], post);
    }
}
