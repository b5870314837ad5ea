using WebChat.Tests.Databases;
namespace WebChat.Tests.Actors.Journal.Faults;

/// <summary>Looks whether a database has what a <see cref="JournalWriter"/> told of, and nothing else.</summary>
internal static class JournalFaults
{
    /// <summary>What is missing, doubled, out of order, half there, or damaged; nothing, if all is well.</summary>
    /// <param name="database">What the writer wrote.</param>
    /// <param name="told">What it printed, line by line.</param>
    public static async Task<List<string>> Find(Database database, IEnumerable<string> told)
    {
        var isSqlite = database is SqliteDatabase;
        var faults = isSqlite ? (await database.Query("PRAGMA integrity_check")).Where(line => line != "ok").ToList() : [];
        if (faults.Count > 0)
        {
            return faults;
        }

        var acknowledged = told.Select(line => line.Split('|')).Where(fields => fields[0] != "failed")
            .GroupBy(fields => fields[0], fields => long.Parse(fields[1])).ToDictionary(each => each.Key, each => each.Max());
        var text = isSqlite ? "cast(message AS text)" : "convert_from(message, 'UTF8')";
        var rows = isSqlite && await database.Query("SELECT name FROM sqlite_master WHERE name = 'journal'") is []
            ? []
            : await database.Query($"SELECT persistence_id, sequence_number, {text} FROM journal ORDER BY ordering");
        var events = rows.Select(row => row.Split('|')).ToLookup(fields => fields[0], fields => $"{fields[1]}|{fields[2]}");
        foreach (var written in events)
        {
            if (!written.SequenceEqual(Enumerable.Range(1, written.Count()).Select(i => $"{i}|note {i}")))
            {
                faults.Add($"{written.Key} has {string.Join(", ", written)}.");
            }

            if (written.Key.StartsWith("triple", StringComparison.Ordinal) && written.Count() % 3 != 0)
            {
                faults.Add($"{written.Key} has a part of three events.");
            }
        }

        faults.AddRange(acknowledged.Where(last => events[last.Key].Count() < last.Value)
            .Select(last => $"{last.Key} has {events[last.Key].Count()} events, and {last.Value} were acknowledged."));
        return faults;
    }
}
