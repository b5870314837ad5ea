using Akka.Actor;
using Akka.Persistence;

namespace WebChat.Tests.Standins.Persistence;

/// <summary>What an actor finds when it comes back.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class RecoverySpecs
{
    [Theory, OnSqlite, OnPostgres]
    public async Task An_actor_without_a_past_starts_at_zero(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);

        var state = await JournalFixture.Read(journal.Open("new"));

        Assert.Null(state.Snapshot);
        Assert.Empty(state.Recovered);
        Assert.Equal(0, state.LastSequenceNr);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Events_come_back_in_order_and_numbering_goes_on(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        await JournalFixture.Write(journal.Open("a"), 1, 3);

        await journal.Restart();
        var notebook = journal.Open("a");
        await JournalFixture.Write(notebook, 4, 5);

        var state = await JournalFixture.Read(notebook);
        Assert.Equal(["1:note 1", "2:note 2", "3:note 3"], state.Recovered);
        Assert.Equal(5, state.LastSequenceNr);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task More_events_than_a_page_holds_come_back(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind, "akka.persistence.journal.sql.replay-batch-size = 7");
        await journal.Open("long").Ask<long>(new NotebookCommands.WriteAll([.. Enumerable.Range(1, 50).Select(i => new Note($"note {i}"))]), JournalFixture.Patience);

        await journal.Restart();

        var state = await JournalFixture.Read(journal.Open("long"));
        Assert.Equal(Enumerable.Range(1, 50).Select(i => $"{i}:note {i}"), state.Recovered);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_newest_snapshot_comes_first_and_then_what_followed_it(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        await WriteWithSnapshots(journal);

        await journal.Restart();

        var state = await JournalFixture.Read(journal.Open("a"));
        Assert.Equal("4:state at 4", state.Snapshot);
        Assert.Equal(["5:note 5"], state.Recovered);
        Assert.Equal(5, state.LastSequenceNr);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_recovery_may_ask_for_an_older_snapshot(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        await WriteWithSnapshots(journal);

        var state = await JournalFixture.Read(journal.Open("a", new NotebookOptions { Recovery = new Recovery(new SnapshotSelectionCriteria(3)) }));

        Assert.Equal("2:state at 2", state.Snapshot);
        Assert.Equal(["3:note 3", "4:note 4", "5:note 5"], state.Recovered);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_recovery_may_ask_for_no_snapshot(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        await WriteWithSnapshots(journal);

        var state = await JournalFixture.Read(journal.Open("a", new NotebookOptions { Recovery = new Recovery(SnapshotSelectionCriteria.None) }));

        Assert.Null(state.Snapshot);
        Assert.Equal(5, state.Recovered.Count);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_recovery_may_end_at_a_sequence_number(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        await WriteWithSnapshots(journal);

        var state = await JournalFixture.Read(journal.Open("a", new NotebookOptions { Recovery = new Recovery(SnapshotSelectionCriteria.Latest, 3) }));

        Assert.Equal("2:state at 2", state.Snapshot);
        Assert.Equal(["3:note 3"], state.Recovered);

        // The numbering still goes on after the last event there is.
        Assert.Equal(5, state.LastSequenceNr);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_recovery_may_be_limited_to_a_number_of_events(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        await JournalFixture.Write(journal.Open("a"), 1, 5);

        var state = await JournalFixture.Read(journal.Open("a", new NotebookOptions
        {
            Recovery = new Recovery(SnapshotSelectionCriteria.Latest, long.MaxValue, 2),
        }));

        Assert.Equal(["1:note 1", "2:note 2"], state.Recovered);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task No_recovery_still_goes_on_with_the_numbering(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        await WriteWithSnapshots(journal);

        var notebook = journal.Open("a", new NotebookOptions { Recovery = Recovery.None });

        Assert.Equal(6, await JournalFixture.Write(notebook, new Note("after")));
        Assert.Empty((await JournalFixture.Read(notebook)).Recovered);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_actor_may_persist_when_its_recovery_has_completed(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var options = new NotebookOptions { OnCompleted = book => book.Persist<object>(new Note("begun"), _ => book.See("begun")) };

        var notebook = journal.Open("a", options);
        notebook.Tell("command");

        var state = await JournalFixture.Read(notebook);
        Assert.Equal(["begun", "command"], state.Seen);
        Assert.Equal(1, state.LastSequenceNr);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Nothing_can_be_persisted_during_recovery(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        await JournalFixture.Write(journal.Open("a"), 1, 1);
        var failure = new TaskCompletionSource<Exception>();
        var options = new NotebookOptions { PersistsAtEvents = true, OnRecoveryFailure = (reason, _) => failure.SetResult(reason) };

        journal.Open("a", options);

        Assert.IsType<InvalidOperationException>(await failure.Task.WaitAsync(JournalFixture.Patience));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_unknown_manifest_fails_the_recovery_of_its_actor_only(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        await JournalFixture.Write(journal.Open("bad"), 1, 3);
        await JournalFixture.Write(journal.Open("good"), 1, 2);
        await journal.Database.Execute("UPDATE journal SET manifest = 'text.99' WHERE persistence_id = 'bad' AND sequence_number = 2");
        var failure = new TaskCompletionSource<Exception>();

        await journal.Restart();
        var bad = journal.Open("bad", new NotebookOptions { OnRecoveryFailure = (reason, _) => failure.SetResult(reason) });
        var good = journal.Open("good");

        var reason = await failure.Task.WaitAsync(JournalFixture.Patience);
        Assert.Contains("bad", reason.Message);
        Assert.Contains("text.99", reason.ToString());
        await journal.Stopped(bad);
        Assert.Equal(2, (await JournalFixture.Read(good)).Recovered.Count);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_damaged_row_fails_the_recovery_of_its_actor_only_and_nothing_after_it_is_applied(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        await JournalFixture.Write(journal.Open("bad"), 1, 3);
        await JournalFixture.Write(journal.Open("good"), 1, 2);
        await journal.Database.Execute($"UPDATE journal SET message = {Garbage(kind)} WHERE persistence_id = 'bad' AND sequence_number = 2");
        var failure = new TaskCompletionSource<Exception>();
        var applied = new List<string>();

        await journal.Restart();
        var bad = journal.Open("bad", new NotebookOptions { OnEvent = note => applied.Add(note.Text), OnRecoveryFailure = (reason, _) => failure.SetResult(reason) });

        Assert.Contains("bad with sequence number 2", (await failure.Task.WaitAsync(JournalFixture.Patience)).Message);
        await journal.Stopped(bad);
        Assert.Equal(["note 1"], applied);
        await JournalFixture.Write(journal.Open("good"), 3, 3);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_snapshot_that_cannot_be_read_fails_the_recovery_of_its_actor_only(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        foreach (var persistenceId in new[] { "bad", "worse", "good" })
        {
            var (inbox, answers) = journal.Inbox();
            var notebook = journal.Open(persistenceId, new NotebookOptions { Inbox = inbox });
            await JournalFixture.Write(notebook, 1, 1);
            await JournalFixture.Do(notebook, book => book.SaveSnapshot(new Note("state at 1")));
            Assert.IsType<SaveSnapshotSuccess>(await answers.ReadAsync().AsTask().WaitAsync(JournalFixture.Patience));
        }

        await journal.Database.Execute("UPDATE snapshot SET manifest = 'text.99' WHERE persistence_id = 'bad'");
        await journal.Database.Execute($"UPDATE snapshot SET snapshot = {Garbage(kind)} WHERE persistence_id = 'worse'");

        await journal.Restart();

        foreach (var persistenceId in new[] { "bad", "worse" })
        {
            var failure = new TaskCompletionSource<Exception>();
            await journal.Stopped(journal.Open(persistenceId, new NotebookOptions { OnRecoveryFailure = (reason, _) => failure.SetResult(reason) }));
            Assert.NotNull(await failure.Task.WaitAsync(JournalFixture.Patience));

            // Without the snapshot the events still tell all.
            var without = new NotebookOptions { Recovery = new Recovery(SnapshotSelectionCriteria.None) };
            Assert.Equal(["1:note 1"], (await JournalFixture.Read(journal.Open(persistenceId, without))).Recovered);
        }

        Assert.Equal("1:state at 1", (await JournalFixture.Read(journal.Open("good"))).Snapshot);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_recovery_that_the_database_keeps_waiting_times_out_and_gives_its_permit_back(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind, """
            akka.persistence.journal.sql.recovery-event-timeout = 300ms
            akka.persistence.max-concurrent-recoveries = 1
            """);
        await JournalFixture.Write(journal.Open("a"), 1, 2);
        await journal.System.Terminate();

        await using (await journal.Database.KeepFromReading())
        {
            await journal.Restart();
            var failure = new TaskCompletionSource<Exception>();
            var notebook = journal.Open("a", new NotebookOptions { OnRecoveryFailure = (reason, _) => failure.SetResult(reason) });

            Assert.IsType<RecoveryTimedOutException>(await failure.Task.WaitAsync(JournalFixture.Patience));
            await journal.Stopped(notebook);
        }

        Assert.Equal(2, (await JournalFixture.Read(journal.Open("a"))).Recovered.Count);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_row_of_an_unknown_serializer_fails_the_recovery_and_names_the_actor(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        await JournalFixture.Write(journal.Open("bad"), 1, 1);
        await journal.Database.Execute("UPDATE journal SET identifier = 98765");
        var failure = new TaskCompletionSource<Exception>();

        await journal.Restart();
        var bad = journal.Open("bad", new NotebookOptions { OnRecoveryFailure = (reason, _) => failure.SetResult(reason) });

        await journal.Stopped(bad);
        Assert.Contains("98765", (await failure.Task.WaitAsync(JournalFixture.Patience)).ToString());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_exception_at_an_event_is_told_with_the_event_and_stops_the_actor(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        await JournalFixture.Write(journal.Open("a"), 1, 3);
        var failure = new TaskCompletionSource<(Exception, object?)>();
        var options = new NotebookOptions
        {
            OnEvent = note =>
            {
                if (note.Text == "note 2")
                {
                    throw new FormatException("cannot apply");
                }
            },
            OnRecoveryFailure = (reason, message) => failure.SetResult((reason, message)),
        };

        var notebook = journal.Open("a", options);

        var (reason, message) = await failure.Task.WaitAsync(JournalFixture.Patience);
        Assert.IsType<FormatException>(reason);
        Assert.Equal(new Note("note 2"), message);
        await journal.Stopped(notebook);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_event_adapter_makes_events_of_today_from_old_ones(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind, """
            akka.persistence.journal.sql {
              event-adapters.old-note = "WebChat.Tests.Standins.Persistence.OldNoteAdapter, Tests"
              event-adapter-bindings { "WebChat.Tests.Standins.Persistence.OldNote, Tests" = old-note }
            }
            """);
        var notebook = journal.Open("a");
        await JournalFixture.Write(notebook, new OldNote("first line\nsecond line"));
        await JournalFixture.Write(notebook, new Note("new"));

        await journal.Restart();

        Assert.Equal(["1:first line", "1:second line", "2:new"], (await JournalFixture.Read(journal.Open("a"))).Recovered);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Commands_wait_for_the_end_of_the_recovery(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind, "akka.persistence.journal.sql.replay-batch-size = 3");
        await JournalFixture.Write(journal.Open("a"), 1, 10);
        using var go = new ManualResetEventSlim();

        var notebook = journal.Open("a", new NotebookOptions { OnEvent = note => Assert.True(note.Text != "note 5" || go.Wait(JournalFixture.Patience)) });
        notebook.Tell("first");
        notebook.Tell("second");
        go.Set();

        var state = await JournalFixture.Read(notebook);
        Assert.Equal(10, state.Recovered.Count);
        Assert.Equal(["first", "second"], state.Seen);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_was_still_being_written_when_an_actor_failed_is_recovered(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = journal.Open("a");
        await JournalFixture.Write(notebook, 1, 1);

        for (var i = 2; i <= 20; i++)
        {
            var text = $"note {i}";
            notebook.Tell(new NotebookCommands.Do(book =>
            {
                book.PersistAsync<object>(new Note(text), book.Saw);
                throw new FormatException("fails right after");
            }));
        }

        var state = await JournalFixture.Read(notebook);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"{i}:note {i}"), state.Recovered);
        Assert.Equal(20, state.LastSequenceNr);
    }

    private static async Task WriteWithSnapshots(JournalFixture journal)
    {
        var (inbox, messages) = journal.Inbox();
        var notebook = journal.Open("a", new NotebookOptions { Inbox = inbox });
        await JournalFixture.Write(notebook, 1, 2);
        await JournalFixture.Do(notebook, book => book.SaveSnapshot(new Note("state at 2")));
        Assert.IsType<SaveSnapshotSuccess>(await messages.ReadAsync().AsTask().WaitAsync(JournalFixture.Patience));
        await JournalFixture.Write(notebook, 3, 4);
        await JournalFixture.Do(notebook, book => book.SaveSnapshot(new Note("state at 4")));
        Assert.IsType<SaveSnapshotSuccess>(await messages.ReadAsync().AsTask().WaitAsync(JournalFixture.Patience));
        await JournalFixture.Write(notebook, 5, 5);
    }

    private static string Garbage(DatabaseKind kind) => kind == DatabaseKind.Sqlite ? "x'FF'" : "'\\xFF'";
}
