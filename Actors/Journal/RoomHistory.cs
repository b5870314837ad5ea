using System.Runtime.CompilerServices;
using Google.Protobuf;
using WebChat.Actors.Journal.Sealing;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;
using MessagePosted = WebChat.Journal.V1.MessagePosted;
using RoomEntered = WebChat.Journal.V1.RoomEntered;

namespace WebChat.Actors.Journal;

/// <summary>Reads the history of rooms from the journal's table, on connections of its own that never block the writer.</summary>
public sealed class RoomHistory(JournalDatabase database, Sealer sealer)
{
    private const int RowsPerRead = 200;

    /// <summary>The public events with <paramref name="after"/> &lt; seq ≤ <paramref name="upTo"/>, in order, streamed from disk.</summary>
    public async IAsyncEnumerable<RoomEvent> ReadEvents(RoomId room, long after, long upTo, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (after < upTo)
        {
            var page = await ReadPage(room, after, upTo, cancellation).ConfigureAwait(false);
            if (page.Count == 0)
                yield break;
            foreach (var happened in page)
                yield return happened;
            after = page[^1].Seq;
        }
    }

    /// <summary>A page of the messages before a seq, newest first, in their current state.</summary>
    /// <param name="room">The room.</param>
    /// <param name="before">Only messages with a smaller seq; <see cref="long.MaxValue"/> for the newest.</param>
    /// <param name="size">The most messages in the page.</param>
    /// <param name="reader">The reading member. Their own messages carry client ids.</param>
    /// <param name="cancellation">Cancels the read.</param>
    public Task<ListMessagesResponse> ListMessages(RoomId room, long before, int size, MemberId reader, CancellationToken cancellation) => database.Read(
        """
        SELECT sequence_number, message FROM journal
        WHERE persistence_id = @room AND sequence_number < @before AND manifest = @manifest
        ORDER BY sequence_number DESC LIMIT @limit
        """,
        async rows =>
        {
            var page = new ListMessagesResponse();
            while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
            {
                if (page.Messages.Count == size)
                {
                    page.NextBeforeSeq = page.Messages[^1].Seq;
                    break;
                }

                page.Messages.Add(RoomEvents.ToMessage(rows.GetInt64(0), Opened(MessagePosted.Parser.ParseFrom(rows.GetFieldValue<byte[]>(1))), reader));
            }

            return page;
        },
        cancellation,
        ("@room", PersistenceIds.Room(room)), ("@before", before), ("@manifest", Records.MessagePostedManifest), ("@limit", size + 1));

    /// <summary>The rooms that a user is or was in.</summary>
    public Task<IReadOnlyList<RoomId>> RoomsOf(UserId user, CancellationToken cancellation) => database.Read<IReadOnlyList<RoomId>>(
        "SELECT message FROM journal WHERE persistence_id = @user AND manifest = @manifest ORDER BY sequence_number",
        async rows =>
        {
            var found = new List<RoomId>();
            while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
                found.Add(new(RoomEntered.Parser.ParseFrom(rows.GetFieldValue<byte[]>(0)).RoomId));
            return [.. found.Distinct()];
        },
        cancellation,
        ("@user", PersistenceIds.User(user)), ("@manifest", Records.RoomEnteredManifest));

    private Task<List<RoomEvent>> ReadPage(RoomId room, long after, long upTo, CancellationToken cancellation) => database.Read(
        """
        SELECT sequence_number, manifest, message FROM journal
        WHERE persistence_id = @room AND sequence_number > @after AND sequence_number <= @upTo
        ORDER BY sequence_number LIMIT @limit
        """,
        async rows =>
        {
            var page = new List<RoomEvent>();
            while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
                page.Add(RoomEvents.ToPublic(room, rows.GetInt64(0), Opened(Records.Parse(rows.GetString(1), rows.GetFieldValue<byte[]>(2)))));
            return page;
        },
        cancellation,
        ("@room", PersistenceIds.Room(room)), ("@after", after), ("@upTo", upTo), ("@limit", RowsPerRead));

    private TRecord Opened<TRecord>(TRecord record)
        where TRecord : IMessage
    {
        sealer.Open(record);
        return record;
    }
}
