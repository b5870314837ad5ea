using System.Data.Common;
using System.Text;
using Akka.Actor;
using Akka.Persistence;
using Microsoft.Data.Sqlite;
using Npgsql;
using WebChat.Tests.Databases;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Actors.Journal.Faults;

/// <summary>What happens when the database does not do as it is told.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class DatabaseFaultTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_lock_that_is_released_in_time_delays_a_write_only(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = journal.Open("a");
        await JournalFixture.Write(notebook, 1, 1);
        await JournalFixture.Write(journal.Open("b"), 1, 1);
        Task<long> written;

        await using (await journal.Database.KeepFromWriting())
        {
            written = JournalFixture.Write(notebook, new Note("note 2"));
            Assert.Equal(1, (await JournalFixture.Read(journal.Open("b"))).LastSequenceNr);
            Assert.False(written.IsCompleted);
        }

        Assert.Equal(2, await written);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_lock_that_stays_fails_the_write_and_stops_the_actor_which_then_comes_back(DatabaseKind kind)
    {
        await using var journal = JournalFixture.On(await Database.Create(kind, timeoutSeconds: 1));
        var notebook = journal.Open("a");
        await JournalFixture.Write(notebook, 1, 1);
        await using (await journal.Database.KeepFromWriting())
        {
            var failure = await Assert.ThrowsAnyAsync<DbException>(() => JournalFixture.Write(notebook, new Note("lost")));
            Assert.True(failure is SqliteException { SqliteErrorCode: 5 } or NpgsqlException { InnerException: TimeoutException }, $"{failure}");
            await journal.Stopped(notebook);
        }

        var again = journal.Open("a");
        await JournalFixture.Write(again, 2, 2);
        Assert.Equal(["1:note 1"], (await JournalFixture.Read(again)).Recovered);
    }

    [Fact]
    public async Task A_damaged_page_fails_those_whose_events_it_holds_and_nobody_else()
    {
        await using var journal = await JournalFixture.Create(DatabaseKind.Sqlite);
        var database = (SqliteDatabase)journal.Database;
        foreach (var persistenceId in new[] { "first", "hurt", "last" })
        {
            await JournalFixture.Write(journal.Open(persistenceId), new Note($"{persistenceId} {new string('-', 600)}"));
            await JournalFixture.Write(journal.Open(persistenceId), new Note(new string('-', 600)));
        }

        await journal.System.Terminate();
        Damage(database.File, "hurt ---");
        await journal.Restart();
        var failure = new TaskCompletionSource<Exception>();

        var hurt = journal.Open("hurt", new NotebookOptions { OnRecoveryFailure = (reason, _) => failure.SetResult(reason) });

        Assert.Equal(11, Assert.IsType<SqliteException>(await failure.Task.WaitAsync(JournalFixture.Patience)).SqliteErrorCode);
        await journal.Stopped(hurt);
        foreach (var persistenceId in new[] { "first", "last" })
        {
            Assert.Equal(3, await JournalFixture.Write(journal.Open(persistenceId), new Note("goes on")));
        }

        static void Damage(string file, string text)
        {
            const int PageSize = 1024;
            var bytes = File.ReadAllBytes(file);
            var place = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text));
            Assert.True(place > PageSize);
            bytes.AsSpan(place / PageSize * PageSize, PageSize).Fill(0xA5);
            File.WriteAllBytes(file, bytes);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_table_that_is_gone_fails_writes_and_recoveries_until_it_is_back(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = journal.Open("a");
        await JournalFixture.Write(notebook, 1, 1);
        await journal.Database.Execute("ALTER TABLE journal RENAME TO elsewhere");
        var failure = new TaskCompletionSource<Exception>();

        await Assert.ThrowsAnyAsync<Exception>(() => JournalFixture.Write(notebook, new Note("lost")));
        await journal.Stopped(notebook);
        await journal.Stopped(journal.Open("a", new NotebookOptions { OnRecoveryFailure = (reason, _) => failure.SetResult(reason) }));
        Assert.NotNull(await failure.Task.WaitAsync(JournalFixture.Patience));
        await journal.Database.Execute("ALTER TABLE elsewhere RENAME TO journal");

        await JournalFixture.Write(journal.Open("a"), 2, 2);
    }

    [Fact]
    public async Task A_database_that_may_only_be_read_recovers_actors_and_fails_their_writes()
    {
        await using var journal = JournalFixture.On(new SqliteDatabase());
        await JournalFixture.Write(journal.Open("a"), 1, 2);
        var readOnly = journal.Start($"{JournalFixture.HoconFor(journal.Database).Replace("Default Timeout", "Mode=ReadOnly;Default Timeout")}");

        var notebook = journal.Open("a", system: readOnly);
        Assert.Equal(2, (await JournalFixture.Read(notebook)).Recovered.Count);
        var failure = await Assert.ThrowsAnyAsync<SqliteException>(() => JournalFixture.Write(notebook, new Note("lost")));

        Assert.Equal(8, failure.SqliteErrorCode);
        await journal.Stopped(notebook);
        await readOnly.Terminate();
        await JournalFixture.Write(journal.Open("a"), 3, 3);
    }

    [PostgresFact]
    public async Task A_server_that_crashed_and_came_back_while_nobody_wrote_goes_unnoticed_by_the_next_write()
    {
        await using var server = await PostgresServer.Create();
        await using var journal = JournalFixture.On(await PostgresDatabase.Create(server));
        var notebook = journal.Open("a");
        await JournalFixture.Write(notebook, 1, 2);

        await server.CrashAndRestart();

        await JournalFixture.Write(notebook, 3, 4);
    }

    [PostgresFact]
    public async Task A_server_that_crashes_under_load_loses_doubles_and_reorders_nothing_that_was_acknowledged()
    {
        await using var server = await PostgresServer.Create();
        await using var journal = JournalFixture.On(await PostgresDatabase.Create(server));
        for (var round = 0; round < 3; round++)
        {
            using var go = new CancellationTokenSource();
            using var started = new CountdownEvent(200);
            var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var writers = Enumerable.Range(1, 20)
                .Select(i => WriteUntilFailure(journal, i % 2 == 0 ? $"single-{i}" : $"triple-{i}", started, back.Task, go.Token)).ToList();
            Assert.True(await Task.Run(() => started.Wait(JournalFixture.Patience)));

            await server.CrashAndRestart();
            back.SetResult();
            await go.CancelAsync();

            Assert.Empty(await JournalFaults.Find(journal.Database, await Task.WhenAll(writers)));
        }

        static async Task<string> WriteUntilFailure(JournalFixture journal, string persistenceId, CountdownEvent started, Task back, CancellationToken go)
        {
            var (notebook, last) = await Reopen(journal, persistenceId, back);
            try
            {
                while (!go.IsCancellationRequested)
                {
                    last = await JournalWriter.WriteNext(notebook, persistenceId, last);
                    Count(started);
                }
            }
            catch (Exception failure) when (failure is not Xunit.Sdk.XunitException)
            {
                await journal.Stopped(notebook);
            }

            return $"{persistenceId}|{last}";
        }

        // An actor that still meets the crash when it recovers is opened again when the server is back: 20 that try without a pause
        // would keep a busy machine from starting it.
        static async Task<(IActorRef Notebook, long LastSequenceNr)> Reopen(JournalFixture journal, string persistenceId, Task back)
        {
            while (true)
            {
                var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var notebook = journal.Open(persistenceId, new NotebookOptions { OnRecoveryFailure = (_, _) => failed.TrySetResult() });
                var read = JournalFixture.Read(notebook);
                if (await Task.WhenAny(read, failed.Task) == read)
                    return (notebook, (await read).LastSequenceNr);
                await back;
            }
        }

        static void Count(CountdownEvent started)
        {
            lock (started)
            {
                if (!started.IsSet)
                {
                    started.Signal();
                }
            }
        }
    }

    [Fact]
    public async Task A_journal_that_names_no_database_fails_the_actor_that_asks_for_it()
    {
        await using var journal = await JournalFixture.Create(DatabaseKind.Sqlite, "akka.persistence.journal.sql.connection-string = \"\"");

        await journal.Stopped(journal.Open("a"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task No_more_actors_recover_at_once_than_there_are_permits(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind, "akka.persistence.max-concurrent-recoveries = 2");
        await Task.WhenAll(Enumerable.Range(1, 10).Select(i => JournalFixture.Write(journal.Open($"a{i}"), 1, 1)));
        int recovering = 0, most = 0;
        var options = new NotebookOptions
        {
            OnEvent = _ => InterlockedMax(ref most, Interlocked.Increment(ref recovering)),
            OnCompleted = _ => Interlocked.Decrement(ref recovering),
        };

        await Task.WhenAll(Enumerable.Range(1, 10).Select(i => JournalFixture.Read(journal.Open($"a{i}", options))));

        Assert.InRange(most, 1, 2);
        Assert.Equal(0, recovering);

        static void InterlockedMax(ref int target, int value)
        {
            for (var seen = target; value > seen; seen = target)
            {
                Interlocked.CompareExchange(ref target, value, seen);
            }
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_actor_that_fails_or_stops_in_its_recovery_gives_its_permit_back(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind, "akka.persistence.max-concurrent-recoveries = 1");
        await JournalFixture.Write(journal.Open("a"), 1, 1);

        for (var i = 0; i < 3; i++)
        {
            await journal.Stopped(journal.Open("a", new NotebookOptions { OnEvent = _ => throw new FormatException("cannot apply") }));
            var stopped = journal.Open("a");
            stopped.Tell(PoisonPill.Instance);
            await journal.Stopped(stopped);
        }

        Assert.Single((await JournalFixture.Read(journal.Open("a"))).Recovered);
    }

    [Fact]
    public async Task A_recovery_that_gets_no_answer_times_out()
    {
        await using var journal = await JournalFixture.Create(DatabaseKind.Sqlite, """
            akka.persistence.journal.silent {
              class = "WebChat.Tests.Actors.Journal.Faults.SilentJournal, Tests"
              recovery-event-timeout = 200ms
            }
            akka.persistence.journal.plugin = akka.persistence.journal.silent
            """);
        var failure = new TaskCompletionSource<Exception>();

        var notebook = journal.Open("a", new NotebookOptions { OnRecoveryFailure = (reason, _) => failure.SetResult(reason) });

        Assert.IsType<RecoveryTimedOutException>(await failure.Task.WaitAsync(JournalFixture.Patience));
        await journal.Stopped(notebook);
    }

    [Fact]
    public async Task A_journal_that_is_an_actor_may_refuse_one_write_and_fail_another()
    {
        await using var journal = await JournalFixture.Create(DatabaseKind.Sqlite, """
            akka.persistence.journal.moody.class = "WebChat.Tests.Actors.Journal.Faults.MoodyJournal, Tests"
            akka.persistence.journal.plugin = akka.persistence.journal.moody
            akka.persistence.snapshot-store.plugin = akka.persistence.snapshot-store.inmem
            """);
        var notebook = journal.Open("a");
        await JournalFixture.Write(notebook, 1, 2);

        await Assert.ThrowsAnyAsync<Exception>(() => JournalFixture.Write(notebook, new Note("refuse")));
        await JournalFixture.Write(notebook, 3, 3);
        await Assert.ThrowsAnyAsync<Exception>(() => JournalFixture.Write(notebook, new Note("fail")));
        await journal.Stopped(notebook);

        Assert.Equal(["1:note 1", "2:note 2", "3:note 3"], (await JournalFixture.Read(journal.Open("a"))).Recovered);
    }

    [Fact]
    public async Task A_journal_in_memory_keeps_events_and_snapshots_for_as_long_as_its_system()
    {
        await using var journal = await JournalFixture.Create(DatabaseKind.Sqlite, """
            akka.persistence.journal.plugin = akka.persistence.journal.inmem
            akka.persistence.snapshot-store.plugin = akka.persistence.snapshot-store.inmem
            """);
        var (inbox, messages) = journal.Inbox();
        var notebook = journal.Open("a", new NotebookOptions { Inbox = inbox });
        await JournalFixture.Write(notebook, 1, 2);
        await JournalFixture.Do(notebook, book => book.SaveSnapshot(new Note("state at 2")));
        Assert.IsType<SaveSnapshotSuccess>(await messages.ReadAsync().AsTask().WaitAsync(JournalFixture.Patience));
        await notebook.Ask<long>(new NotebookCommands.WriteAll(new Note("note 3"), new Note("note 4")), JournalFixture.Patience);
        await JournalFixture.Do(notebook, book => book.DeleteMessages(1));
        Assert.IsType<DeleteMessagesSuccess>(await messages.ReadAsync().AsTask().WaitAsync(JournalFixture.Patience));

        var state = await JournalFixture.Read(journal.Open("a"));

        Assert.Equal("2:state at 2", state.Snapshot);
        Assert.Equal(["3:note 3", "4:note 4"], state.Recovered);
    }
}
