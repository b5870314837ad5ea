using Akka.Persistence.Journal;

namespace WebChat.Tests.Standins.Persistence;

/// <summary>Databases that the real package wrote: the same comes out of them, and what is written into them has the same shape.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class SampleSpecs
{
    [Theory, OnSqlite, OnPostgres]
    public async Task The_sample_recovers_as_the_real_package_recovers_it(DatabaseKind kind)
    {
        await using var journal = await Sample(kind);

        foreach (var expected in Expectations())
        {
            var state = await JournalFixture.Read(journal.Open(expected.PersistenceId));

            Assert.Equal(expected.Last, state.LastSequenceNr);
            Assert.Equal(expected.Snapshot, state.Snapshot);
            Assert.Equal(expected.Replayed, state.Recovered);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_sample_goes_on_where_the_real_package_ended(DatabaseKind kind)
    {
        await using var journal = await Sample(kind);
        foreach (var expected in Expectations())
        {
            Assert.Equal(expected.Last + 1, await JournalFixture.Write(journal.Open(expected.PersistenceId), new Note("ours ✓")));
        }

        await journal.Restart();

        foreach (var expected in Expectations())
        {
            var state = await JournalFixture.Read(journal.Open(expected.PersistenceId));
            Assert.Equal([.. expected.Replayed, $"{expected.Last + 1}:ours ✓"], state.Recovered);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_written_has_the_shape_of_the_sample(DatabaseKind kind)
    {
        await using var journal = await Sample(kind);
        var before = DateTime.UtcNow.Ticks;

        var (inbox, messages) = journal.Inbox();
        var notebook = journal.Open("tagged", new NotebookOptions { Inbox = inbox });
        await JournalFixture.Write(notebook, new Tagged(new Note("ours"), ["odd"]));
        await JournalFixture.Do(notebook, book => book.SaveSnapshot(new Note("state at 7")));
        await messages.ReadAsync().AsTask().WaitAsync(JournalFixture.Patience);

        var length = kind == DatabaseKind.Sqlite ? "length(message)" : "octet_length(message)";
        var row = Assert.Single(await journal.Database.Query(
            $"SELECT ordering, deleted, sequence_number, {length}, manifest, identifier, length(writer_uuid), created FROM journal WHERE persistence_id = 'tagged' AND sequence_number > 6"));
        Assert.StartsWith("63|0|7|4|text.1|150|32|", row);
        Assert.InRange(long.Parse(row.Split('|')[^1]), before, DateTime.UtcNow.Ticks);
        Assert.Equal(["63|odd|7|tagged"], await journal.Database.Query("SELECT ordering_id, tag, sequence_nr, persistence_id FROM tags WHERE ordering_id > 62"));
        var snapshot = Assert.Single(await journal.Database.Query(
            "SELECT sequence_number, manifest, serializer_id, created FROM snapshot WHERE persistence_id = 'tagged'"));
        Assert.StartsWith("7|text.1|150|", snapshot);
        Assert.InRange(long.Parse(snapshot.Split('|')[^1]), before, DateTime.UtcNow.Ticks);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Tables_made_here_have_the_columns_of_the_samples(DatabaseKind kind)
    {
        await using var sample = await Sample(kind);
        await using var made = await JournalFixture.Create(kind);
        await JournalFixture.Write(made.Open("a"), 1, 1);

        Assert.Equal(await Columns(sample.Database, kind), await Columns(made.Database, kind));
    }

    /// <summary>The columns of all tables, each as the table's name and the column's, its type, and more that makes it what it is.</summary>
    public static Task<List<string>> Columns(Database database, DatabaseKind kind) => database.Query(kind == DatabaseKind.Sqlite
        ? "SELECT t.name, c.name, c.type, c.\"notnull\", c.pk FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid"
        : "SELECT table_name, column_name, data_type, is_nullable, is_identity FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position");

    private static async Task<JournalFixture> Sample(DatabaseKind kind)
    {
        var database = await Database.Create(kind);
        await database.LoadSample();
        return JournalFixture.On(database);
    }

    private static IEnumerable<Expectation> Expectations() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "akka-persistence-sql-1.5.30", "expected.tsv")).Select(Expectation.Parse);

    private sealed record Expectation(string PersistenceId, long Last, string? Snapshot, string[] Replayed)
    {
        public static Expectation Parse(string line)
        {
            var fields = line.Split('\t');
            var snapshot = fields[2]["snapshot=".Length..];
            return new Expectation(
                fields[0],
                long.Parse(fields[1]["last=".Length..]),
                snapshot == "-" ? null : snapshot,
                fields[3]["replayed=".Length..].Split(" ; ", StringSplitOptions.RemoveEmptyEntries));
        }
    }
}
