using System.Data.Common;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using WebChat.Actors.Journal.Sealing;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;
using MessagePosted = WebChat.Journal.V1.MessagePosted;
using RoomEntered = WebChat.Journal.V1.RoomEntered;

namespace WebChat.Actors.Journal;

/// <summary>Reads rooms' history out of the journal's table, on connections of its own that the writer never waits for.</summary>
public sealed class RoomHistory(JournalDatabase database, Sealer sealer) : IRoomHistory
{
    private const int RowsPerRead = 200;

    /// <inheritdoc/>
    public async IAsyncEnumerable<RoomEvent> ReadEvents(RoomId room, long after, long upTo, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (after < upTo)
        {
            var from = after;
            var page = await OffThread(() => ReadPage(room, from, upTo, cancellation), cancellation).ConfigureAwait(false);
            if (page.Count == 0)
                yield break;
            foreach (var happened in page)
                yield return happened;
            after = page[^1].Seq;
        }
    }

    /// <inheritdoc/>
    public Task<ListMessagesResponse> ListMessages(RoomId room, long before, int size, MemberId reader, CancellationToken cancellation) =>
        OffThread(() => ReadMessages(room, before, size, reader, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RoomId>> RoomsOf(UserId user, CancellationToken cancellation) => OffThread(() => ReadRooms(user, cancellation), cancellation);

    // SQLite's asynchronous calls are synchronous in truth: they must not hold up who asks.
    private static Task<T> OffThread<T>(Func<Task<T>> read, CancellationToken cancellation) => Task.Run(read, cancellation);

    private async Task<List<RoomEvent>> ReadPage(RoomId room, long after, long upTo, CancellationToken cancellation)
    {
        await using var command = database.Readers.CreateCommand(
            """
            SELECT sequence_number, manifest, message FROM journal
            WHERE persistence_id = @room AND sequence_number > @after AND sequence_number <= @upTo
            ORDER BY sequence_number LIMIT @limit
            """);
        Bind(command, ("@room", PersistenceIds.Room(room)), ("@after", after), ("@upTo", upTo), ("@limit", RowsPerRead));

        var page = new List<RoomEvent>();
        await using var rows = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            var seq = rows.GetInt64(0);
            page.Add(RoomEvents.ToPublic(room, seq, Opened(Records.Rooms.Parse(rows.GetString(1), rows.GetFieldValue<byte[]>(2)))));
        }

        return page;
    }

    private async Task<ListMessagesResponse> ReadMessages(RoomId room, long before, int size, MemberId reader, CancellationToken cancellation)
    {
        await using var command = database.Readers.CreateCommand(
            """
            SELECT sequence_number, message FROM journal
            WHERE persistence_id = @room AND sequence_number < @before AND manifest = @manifest
            ORDER BY sequence_number DESC LIMIT @limit
            """);
        Bind(command, ("@room", PersistenceIds.Room(room)), ("@before", before), ("@manifest", Records.MessagePostedManifest), ("@limit", size + 1));

        var page = new ListMessagesResponse();
        await using var rows = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
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
    }

    private async Task<IReadOnlyList<RoomId>> ReadRooms(UserId user, CancellationToken cancellation)
    {
        await using var command = database.Readers.CreateCommand("SELECT message FROM journal WHERE persistence_id = @user AND manifest = @manifest ORDER BY sequence_number");
        Bind(command, ("@user", PersistenceIds.User(user)), ("@manifest", Records.RoomEnteredManifest));

        var found = new List<RoomId>();
        await using var rows = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
            found.Add(new(RoomEntered.Parser.ParseFrom(rows.GetFieldValue<byte[]>(0)).RoomId));
        return [.. found.Distinct()];
    }

    private TRecord Opened<TRecord>(TRecord record)
        where TRecord : IMessage
    {
        sealer.Open(record);
        return record;
    }

    private static void Bind(DbCommand command, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
    }
}
