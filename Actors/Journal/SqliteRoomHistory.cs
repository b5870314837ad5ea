using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using WebChat.Actors.Options;
using WebChat.Actors.Rooms;
using WebChat.V1;
using MessagePosted = WebChat.Journal.V1.MessagePosted;

namespace WebChat.Actors.Journal;

/// <summary>Reads rooms' history out of the journal's table, on connections of its own that the writer never waits for.</summary>
public sealed class SqliteRoomHistory(IOptions<StorageOptions> storage) : IRoomHistory
{
    private const int RowsPerRead = 200;

    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = storage.Value.DatabaseFile,
        Mode = SqliteOpenMode.ReadOnly,
    }.ToString();

    /// <inheritdoc/>
    public async IAsyncEnumerable<RoomEvent> ReadEvents(RoomId room, long after, long upTo, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (after < upTo)
        {
            var from = after;
            var page = await Task.Run(() => ReadPage(room, from, upTo), cancellation).ConfigureAwait(false);
            if (page.Count == 0)
                yield break;
            foreach (var happened in page)
                yield return happened;
            after = page[^1].Seq;
        }
    }

    /// <inheritdoc/>
    public Task<ListMessagesResponse> ListMessages(RoomId room, long before, int size, MemberId reader, CancellationToken cancellation) =>
        Task.Run(() => ReadMessages(room, before, size, reader), cancellation);

    private List<RoomEvent> ReadPage(RoomId room, long after, long upTo)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT sequence_number, manifest, message FROM journal
            WHERE persistence_id = $room AND sequence_number > $after AND sequence_number <= $upTo
            ORDER BY sequence_number LIMIT $limit
            """;
        command.Parameters.AddWithValue("$room", PersistenceIds.Room(room));
        command.Parameters.AddWithValue("$after", after);
        command.Parameters.AddWithValue("$upTo", upTo);
        command.Parameters.AddWithValue("$limit", RowsPerRead);

        var page = new List<RoomEvent>();
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var seq = rows.GetInt64(0);
            page.Add(RoomEvents.ToPublic(room, seq, Records.Rooms.Parse(rows.GetString(1), rows.GetFieldValue<byte[]>(2))));
        }

        return page;
    }

    private ListMessagesResponse ReadMessages(RoomId room, long before, int size, MemberId reader)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT sequence_number, message FROM journal
            WHERE persistence_id = $room AND sequence_number < $before AND manifest = $manifest
            ORDER BY sequence_number DESC LIMIT $limit
            """;
        command.Parameters.AddWithValue("$room", PersistenceIds.Room(room));
        command.Parameters.AddWithValue("$before", before);
        command.Parameters.AddWithValue("$manifest", Records.MessagePostedManifest);
        command.Parameters.AddWithValue("$limit", size + 1);

        var page = new ListMessagesResponse();
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            if (page.Messages.Count == size)
            {
                page.NextBeforeSeq = page.Messages[^1].Seq;
                break;
            }

            page.Messages.Add(RoomEvents.ToMessage(rows.GetInt64(0), MessagePosted.Parser.ParseFrom(rows.GetFieldValue<byte[]>(1)), reader));
        }

        return page;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return connection;
    }
}
