using Akka.Actor;
using Akka.Persistence.Journal;

namespace WebChat.Tests.Standins.Persistence;

/// <summary>From a command to its events' handlers.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class PersistSpecs
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Commands_wait_until_the_handler_of_a_persisted_event_has_run(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = journal.Open("a");

        for (var i = 1; i <= 5; i++)
        {
            notebook.Tell(new NotebookCommands.Write(new Note($"note {i}")));
            notebook.Tell($"command {i}");
        }

        var state = await JournalFixture.Read(notebook);
        Assert.Equal(Enumerable.Range(1, 5).SelectMany(i => new[] { $"{i}:note {i}", $"command {i}" }), state.Seen);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Commands_go_on_while_an_event_is_persisted_asynchronously(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = journal.Open("a");
        await JournalFixture.Read(notebook);

        // The command after it is handled in the same turn as the event is collected in, before the journal can answer.
        await JournalFixture.Do(notebook, book =>
        {
            book.PersistAsync<object>(new Note("slow"), book.Saw);
            book.See("quick");
        });

        var answer = await notebook.Ask<string>(new NotebookCommands.Defer("last"), JournalFixture.Patience);
        Assert.Equal("last", answer);
        Assert.Equal(["quick", "1:slow", "last"], (await JournalFixture.Read(notebook)).Seen);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Asynchronous_and_deferred_handlers_run_in_the_order_of_the_calls_under_load(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = journal.Open("a");

        for (var i = 1; i <= 500; i++)
        {
            notebook.Tell(new NotebookCommands.WriteAsync(new Note($"note {i}")));
            notebook.Tell(new NotebookCommands.Defer($"deferred {i}"));
        }

        await notebook.Ask<string>(new NotebookCommands.Defer("end"), JournalFixture.Patience);
        var seen = (await JournalFixture.Read(notebook)).Seen;
        Assert.Equal(Enumerable.Range(1, 500).SelectMany(i => new[] { $"{i}:note {i}", $"deferred {i}" }).Append("end"), seen);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_deferred_handler_with_nothing_before_it_runs_at_once_and_writes_nothing(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = journal.Open("a");

        await JournalFixture.Do(notebook, book =>
        {
            book.DeferAsync("deferred", book.See);
            book.See("after");
        });

        Assert.Equal(["deferred", "after"], (await JournalFixture.Read(notebook)).Seen);
        Assert.Equal(0, (await JournalFixture.Read(notebook)).LastSequenceNr);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_deferred_handler_behind_a_write_that_fails_never_runs(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = journal.Open("a");
        await JournalFixture.Write(notebook, 1, 1);
        await journal.Database.Execute("ALTER TABLE journal RENAME TO elsewhere");
        var ran = false;

        await JournalFixture.Do(notebook, book =>
        {
            book.PersistAsync(new Note("lost"), _ => ran = true);
            book.DeferAsync("behind it", _ => ran = true);
        });

        await journal.Stopped(notebook);
        Assert.False(ran);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_deferred_handler_behind_a_write_that_is_refused_runs(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = journal.Open("a");
        var order = new List<string>();
        var ran = new TaskCompletionSource();

        await JournalFixture.Do(notebook, book =>
        {
            book.PersistAsync(new Note("note 1"), _ => order.Add("written"));
            book.PersistAsync(new Unwritable(), _ => order.Add("refused"));
            book.DeferAsync("behind it", _ => ran.SetResult());
        });

        await ran.Task.WaitAsync(JournalFixture.Patience);
        Assert.Equal(["written"], order);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_handler_may_persist_again(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = journal.Open("a");

        await JournalFixture.Do(notebook, book =>
        {
            book.Persist<object>(new Note("outer 1"), e =>
            {
                book.Saw(e);
                book.Persist<object>(new Note("inner 1"), book.Saw);
            });
            book.Persist<object>(new Note("outer 2"), e =>
            {
                book.Saw(e);
                book.Persist<object>(new Note("inner 2"), book.Saw);
            });
        });
        notebook.Tell("command");

        Assert.Equal(["1:outer 1", "2:outer 2", "3:inner 1", "4:inner 2", "command"], (await JournalFixture.Read(notebook)).Seen);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Handlers_answer_the_sender_of_their_own_command(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = journal.Open("a");

        var answers = await Task.WhenAll(Enumerable.Range(1, 50).Select(i =>
            notebook.Ask<long>(new NotebookCommands.WriteAsync(new Note($"note {i}")), JournalFixture.Patience)));

        Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), answers);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Events_persisted_together_are_handled_in_order_before_the_next_command(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = journal.Open("a");

        notebook.Tell(new NotebookCommands.WriteAll(new Note("a"), new Note("b"), new Note("c")));
        notebook.Tell("command");

        Assert.Equal(["1:a", "2:b", "3:c", "command"], (await JournalFixture.Read(notebook)).Seen);
        Assert.Equal(["1"], await journal.Database.Query("SELECT count(DISTINCT created) FROM journal"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Events_persisted_together_are_refused_together(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = journal.Open("a");

        notebook.Tell(new NotebookCommands.WriteAll(new Note("a"), new Unwritable(), new Note("c")));
        await JournalFixture.Write(notebook, 1, 1);

        Assert.Equal(["rejected 1", "rejected 2", "rejected 3", "1:note 1"], (await JournalFixture.Read(notebook)).Seen);
        Assert.Equal(["1"], await journal.Database.Query("SELECT sequence_number FROM journal"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_refused_event_leaves_no_gap_and_the_actor_goes_on(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = journal.Open("a");
        await JournalFixture.Write(notebook, 1, 1);

        await Assert.ThrowsAnyAsync<Exception>(() => JournalFixture.Write(notebook, new Unwritable()));
        await JournalFixture.Write(notebook, 2, 2);

        Assert.Equal(["1", "2"], await journal.Database.Query("SELECT sequence_number FROM journal WHERE persistence_id = 'a' ORDER BY sequence_number"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Two_actors_of_one_name_cannot_both_write_and_leave_neither_gap_nor_fork(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var first = journal.Open("a");
        var second = journal.Open("a");
        var other = journal.Open("b");
        await JournalFixture.Write(first, 1, 3);
        await JournalFixture.Read(second);

        var refused = second.Ask<long>(new NotebookCommands.Write(new Note("forked")), JournalFixture.Patience);
        await JournalFixture.Write(other, 1, 5);

        // The second may have come up only after the first's events: then it writes what follows them, and the first fails.
        var loser = first;
        try
        {
            Assert.Equal(4, await refused);
            await Assert.ThrowsAnyAsync<Exception>(() => JournalFixture.Write(first, new Note("forked")));
        }
        catch (Exception failure) when (failure is not Xunit.Sdk.XunitException)
        {
            loser = second;
            await JournalFixture.Write(first, 4, 4);
        }

        await journal.Stopped(loser);
        Assert.Equal(
            ["1", "2", "3", "4"],
            await journal.Database.Query("SELECT sequence_number FROM journal WHERE persistence_id = 'a' ORDER BY sequence_number"));
        Assert.Equal(["5"], await journal.Database.Query("SELECT count(*) FROM journal WHERE persistence_id = 'b'"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Two_processes_that_write_one_name_cannot_both_succeed(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var here = journal.Open("a");
        await JournalFixture.Write(here, 1, 2);
        var otherSystem = journal.Start();
        var there = journal.Open("a", system: otherSystem);
        await JournalFixture.Read(there);

        await JournalFixture.Write(here, 3, 3);
        await Assert.ThrowsAnyAsync<Exception>(() => JournalFixture.Write(there, new Note("forked")));

        await journal.Stopped(there);
        await JournalFixture.Write(here, 4, 4);
        Assert.Equal(
            ["1", "2", "3", "4"],
            await journal.Database.Query("SELECT sequence_number FROM journal WHERE persistence_id = 'a' ORDER BY sequence_number"));
        await otherSystem.Terminate();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Two_hundred_actors_at_once_lose_and_mix_up_nothing(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);

        await Task.WhenAll(Enumerable.Range(1, 200).Select(i => JournalFixture.Write(journal.Open($"a{i}"), 1, 20)));
        await journal.Restart();
        var states = await Task.WhenAll(Enumerable.Range(1, 200).Select(i => JournalFixture.Read(journal.Open($"a{i}"))));

        var expected = Enumerable.Range(1, 20).Select(i => $"{i}:note {i}").ToList();
        Assert.All(states, state => Assert.Equal(expected, state.Recovered));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_an_actor_takes_from_its_stash_comes_before_the_commands_that_waited_for_the_write(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = journal.Open("a");

        notebook.Tell(new NotebookCommands.Do(book => Later(book, "stashed")));
        notebook.Tell(new NotebookCommands.Do(book => book.Persist<object>(new Note("open"), e =>
        {
            book.Saw(e);
            book.Stash.UnstashAll();
        })));
        notebook.Tell("waited");

        Assert.Equal(["1:open", "stashed", "waited"], (await JournalFixture.Read(notebook)).Seen);

        static void Later(Notebook book, string text)
        {
            if (book.LastSequenceNr == 0)
            {
                book.Stash.Stash();
            }
            else
            {
                book.See(text);
            }
        }
    }

    [Fact]
    public async Task A_command_can_be_stashed_once_and_an_event_not_at_all()
    {
        await using var journal = await JournalFixture.Create(DatabaseKind.Sqlite);
        var notebook = journal.Open("a");
        var failures = new List<Exception>();

        await JournalFixture.Do(notebook, book =>
        {
            book.Stash.Stash();
            failures.Add(Record.Exception(book.Stash.Stash)!);
            book.Stash.ClearStash();
        });
        var handled = new TaskCompletionSource();
        await JournalFixture.Do(notebook, book => book.Persist<object>(new Note("event"), _ =>
        {
            failures.Add(Record.Exception(book.Stash.Stash)!);
            handled.SetResult();
        }));
        await handled.Task.WaitAsync(JournalFixture.Patience);

        Assert.All(failures, failure => Assert.IsType<IllegalActorStateException>(failure));
        Assert.Equal(2, failures.Count);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Waiting_commands_survive_a_restart(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = journal.Open("a");

        notebook.Tell(new NotebookCommands.Do(book => book.Persist<object>(new Note("note 1"), _ => throw new FormatException("fails in its handler"))));
        notebook.Tell("first");
        notebook.Tell(new NotebookCommands.Write(new Note("note 2")));
        notebook.Tell("second");

        var state = await JournalFixture.Read(notebook);
        Assert.Equal(["1:note 1"], state.Recovered);
        Assert.Equal(["first", "2:note 2", "second"], state.Seen);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_handler_that_fails_keeps_no_other_handler_from_its_turn_if_the_actor_resumes(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = journal.System.ActorOf(Props.Create(() => new ResumingParent("a"))).Ask<IActorRef>("child", JournalFixture.Patience);

        (await notebook).Tell(new NotebookCommands.Do(book =>
        {
            book.Persist<object>(new Note("one"), _ => throw new FormatException("fails in its handler"));
            book.Persist<object>(new Note("two"), book.Saw);
            throw new FormatException("fails after persisting");
        }));
        (await notebook).Tell("command");

        Assert.Equal(["2:two", "command"], (await JournalFixture.Read(await notebook)).Seen);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_asynchronous_command_may_persist_before_and_after_it_waits(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = journal.Open("a");

        notebook.Tell(new NotebookCommands.DoAsync(async book =>
        {
            book.Persist<object>(new Note("before"), book.Saw);
            await Task.Yield();
            book.Persist<object>(new Note("after"), book.Saw);
            book.See("done");
        }));
        notebook.Tell("command");

        Assert.Equal(["done", "1:before", "2:after", "command"], (await JournalFixture.Read(notebook)).Seen);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Tags_are_kept_beside_the_event_they_belong_to(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = journal.Open("a");
        await JournalFixture.Write(notebook, 1, 1);
        await JournalFixture.Write(notebook, new Tagged(new Note("tagged"), ["red", "blue"]));
        await JournalFixture.Write(notebook, new Note("plain"));

        await journal.Restart();

        Assert.Equal(["1:note 1", "2:tagged", "3:plain"], (await JournalFixture.Read(journal.Open("a"))).Recovered);
        Assert.Equal(
            ["2|2|a|blue", "2|2|a|red"],
            await journal.Database.Query(
                "SELECT j.sequence_number, t.sequence_nr, t.persistence_id, t.tag FROM tags t JOIN journal j ON j.ordering = t.ordering_id ORDER BY t.tag"));
    }
}
