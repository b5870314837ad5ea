using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors.Persistence;
using WebChat.Actors.Rooms;

namespace WebChat.Tests.Actors.Persistence.Faults;

/// <summary>Checks that a database holds the acknowledged messages of a <see cref="Talk"/>: all, once, in order and readable.</summary>
internal static class TalkCheck
{
    // Each query finds the faulty persistence ids.
    private static readonly (string Fault, string Query)[] Queries =
    [
        ("has a gap", "SELECT persistence_id FROM journal GROUP BY persistence_id HAVING MIN(sequence_number) <> 1 OR MAX(sequence_number) <> COUNT(*)"),
        ("is out of order", "SELECT a.persistence_id FROM journal a JOIN journal b ON b.persistence_id = a.persistence_id AND b.sequence_number = a.sequence_number + 1 WHERE b.ordering < a.ordering"),
        ("has one of two events that are written together", "SELECT persistence_id FROM journal WHERE manifest = 'room.member-joined.1' GROUP BY persistence_id HAVING COUNT(*) <> 2"),
    ];

    /// <summary>The last acknowledged message of each lane.</summary>
    /// <param name="said">The output of the talk.</param>
    /// <param name="before">The acknowledgements before.</param>
    public static int[] Acknowledged(IEnumerable<string> said, int[]? before = null)
    {
        var last = (int[])(before ?? new int[Talk.Lanes]).Clone();
        foreach (var line in said.Where(line => line != "refused").Select(line => line.Split('|')))
        {
            var lane = int.Parse(line[0], CultureInfo.InvariantCulture);
            last[lane] = Math.Max(last[lane], int.Parse(line[1], CultureInfo.InvariantCulture));
        }

        return last;
    }

    /// <summary>The faults of the database in a data directory; empty if there are none.</summary>
    /// <param name="directory">The directory of a process that was ended, or a copy.</param>
    /// <param name="acknowledged">The last acknowledged message of each lane.</param>
    public static async Task<List<string>> FaultsIn(string directory, int[] acknowledged)
    {
        try
        {
            using var host = ActorHost.StartIn(directory, virtualTime: false);
            return await FaultsIn(host, acknowledged);
        }
        catch (SqliteException unreadable)
        {
            return [unreadable.Message];
        }
    }

    /// <summary>The faults of a host's database; empty if there are none.</summary>
    public static async Task<List<string>> FaultsIn(ActorHost host, int[] acknowledged)
    {
        var database = host.Services.GetRequiredService<JournalDatabase>();
        var faults = new List<string>();
        if (database.IsSqlite)
            faults.AddRange((await Column(database, "PRAGMA integrity_check")).Where(line => line != "ok"));
        foreach (var (fault, query) in Queries)
            faults.AddRange((await Column(database, query)).Select(id => $"{id} {fault}."));
        var history = host.Services.GetRequiredService<RoomHistory>();
        for (var lane = 0; lane < acknowledged.Length; lane++)
        {
            var texts = await TextsOf(history, lane);
            if (!texts.SequenceEqual(Enumerable.Range(1, texts.Count).Select(Talk.TextOf)))
                faults.Add($"Lane {lane} has {string.Join(", ", texts)}.");
            if (texts.Count < acknowledged[lane])
                faults.Add($"Lane {lane} has {texts.Count} messages, and {acknowledged[lane]} were acknowledged.");
        }

        return faults;
    }

    private static async Task<List<string>> TextsOf(RoomHistory history, int lane)
    {
        var texts = new List<string>();
        for (var room = default(RoomId); ;)
        {
            var next = Talk.RoomOf(lane, texts.Count + 1);
            if (next == room)
                return texts;
            room = next;
            var page = await history.ListMessages(room, long.MaxValue, 50, new MemberId("unknown"), CancellationToken.None);
            texts.AddRange(page.Messages.Reverse().Select(message => message.Text));
        }
    }

    private static async Task<List<string>> Column(JournalDatabase database, string query)
    {
        await using var command = database.Readers.CreateCommand(query);
        await using var rows = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await rows.ReadAsync())
            values.Add(rows.GetString(0));
        return values;
    }
}
