using Akka.Actor;
using Microsoft.Data.Sqlite;

namespace WebChat.Tests.Standins.Persistence;

/// <summary>The write-ahead log of a SQLite database, which the journal's writer writes in its own way.</summary>
public sealed class LogSpecs
{
    // More than SQLite keeps of a transaction in memory: the rest lies in the log before the commit, and is read from there.
    private static readonly Note[] MoreThanTheCache = [.. Enumerable.Range(1, 40).Select(i => new Note($"{i}{new string('-', 1_000_000)}"))];

    [Fact]
    public async Task A_transaction_larger_than_the_cache_is_read_by_others_as_soon_as_it_is_acknowledged()
    {
        await using var journal = await JournalFixture.Create(DatabaseKind.Sqlite);

        Assert.Equal(1, await WriteAll(journal.Open("large")));

        Assert.Equal(["40|40"], await journal.Database.Query("SELECT count(*), max(sequence_number) FROM journal"));
        Assert.Equal(["ok"], await journal.Database.Query("PRAGMA integrity_check"));
        await JournalFixture.Write(journal.Open("next"), 1, 3);
        await journal.Restart();
        Assert.Equal(MoreThanTheCache.Select((note, i) => $"{i + 1}:{note.Text}"), (await JournalFixture.Read(journal.Open("large"))).Recovered);
    }

    [Fact]
    public async Task A_transaction_larger_than_the_cache_that_fails_at_its_end_leaves_nothing_behind()
    {
        await using var journal = await JournalFixture.Create(DatabaseKind.Sqlite);
        await JournalFixture.Write(journal.Open("before"), 1, 3);
        var large = journal.Open("large");
        await JournalFixture.Read(large);
        await journal.Database.Execute("INSERT INTO journal(created,deleted,persistence_id,sequence_number,message) VALUES (0,0,'large',40,x'00')");

        var failure = await Assert.ThrowsAsync<SqliteException>(() => WriteAll(large));

        Assert.Equal(19, failure.SqliteErrorCode);
        await journal.Stopped(large);
        await JournalFixture.Write(journal.Open("after"), 1, 3);
        Assert.Equal(["after|3", "before|3", "large|1"], await journal.Database.Query("SELECT persistence_id, count(*) FROM journal GROUP BY persistence_id ORDER BY 1"));
        Assert.Equal(["ok"], await journal.Database.Query("PRAGMA integrity_check"));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(";Vfs=unix", false)]
    public async Task The_log_grows_ahead_of_what_is_written_unless_the_connection_string_names_another_file_system(string vfs, bool growsAhead)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var database = new SqliteDatabase();
        await using var journal = JournalFixture.On(database, JournalFixture.HoconFor(database.ConnectionString + vfs, database.ProviderName));

        await JournalFixture.Write(journal.Open("a"), 1, 3);

        Assert.Equal(growsAhead, new FileInfo($"{database.File}-wal").Length > 1024 * 1024);
        Assert.Equal(["3"], await database.Query("SELECT count(*) FROM journal"));
    }

    [Fact]
    public async Task A_log_that_others_have_emptied_begins_anew()
    {
        await using var journal = await JournalFixture.Create(DatabaseKind.Sqlite);
        var notebook = journal.Open("a");
        await JournalFixture.Write(notebook, 1, 3);

        await journal.Database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        await JournalFixture.Write(notebook, 4, 6);

        Assert.Equal(["6"], await journal.Database.Query("SELECT count(*) FROM journal"));
        Assert.True(new FileInfo($"{((SqliteDatabase)journal.Database).File}-wal").Length > 1024 * 1024);
        Assert.Equal(["ok"], await journal.Database.Query("PRAGMA integrity_check"));
    }

    private static Task<long> WriteAll(IActorRef notebook) => notebook.Ask<long>(new NotebookCommands.WriteAll([.. MoreThanTheCache]), JournalFixture.Patience);
}
