using Akka.Actor;
using Akka.Persistence;

namespace WebChat.Tests.Standins.Persistence;

/// <summary>Snapshots and the deletion of events and snapshots.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class DeletionSpecs
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Deleted_events_do_not_come_back_and_their_last_number_is_not_used_again(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var (notebook, answers) = await Written(journal, 5);

        await JournalFixture.Do(notebook, book => book.DeleteMessages(5));
        Assert.Equal(new DeleteMessagesSuccess(5), await answers());
        await journal.Restart();

        var again = journal.Open("a");
        Assert.Equal(6, await JournalFixture.Write(again, new Note("after")));
        Assert.Empty((await JournalFixture.Read(again)).Recovered);
        Assert.Equal(["5|1", "6|0"], await journal.Database.Query("SELECT sequence_number, deleted FROM journal ORDER BY sequence_number"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Events_after_the_deleted_ones_come_back(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var (notebook, answers) = await Written(journal, 5);

        await JournalFixture.Do(notebook, book => book.DeleteMessages(2));
        await answers();
        await JournalFixture.Do(notebook, book => book.DeleteMessages(3));
        await answers();
        await journal.Restart();

        Assert.Equal(["4:note 4", "5:note 5"], (await JournalFixture.Read(journal.Open("a"))).Recovered);
        Assert.Equal(["3|1", "4|0", "5|0"], await journal.Database.Query("SELECT sequence_number, deleted FROM journal ORDER BY sequence_number"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Events_that_were_never_written_cannot_be_deleted(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var (notebook, answers) = await Written(journal, 2);

        await JournalFixture.Do(notebook, book => book.DeleteMessages(3));

        Assert.Equal(3, Assert.IsType<DeleteMessagesFailure>(await answers()).ToSequenceNr);
        Assert.Equal(["2"], await journal.Database.Query("SELECT count(*) FROM journal"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_snapshot_of_the_same_number_replaces_the_older_one(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var (notebook, answers) = await Written(journal, 1);

        foreach (var text in new[] { "older", "newer" })
        {
            await JournalFixture.Do(notebook, book => book.SaveSnapshot(new Note(text)));
            Assert.Equal(1, Assert.IsType<SaveSnapshotSuccess>(await answers()).Metadata.SequenceNr);
        }

        await journal.Restart();
        Assert.Equal("1:newer", (await JournalFixture.Read(journal.Open("a"))).Snapshot);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_snapshot_that_cannot_be_written_is_told_and_the_actor_goes_on(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var (notebook, answers) = await Written(journal, 1);

        await JournalFixture.Do(notebook, book => book.SaveSnapshot(new Unwritable()));

        Assert.Equal(1, Assert.IsType<SaveSnapshotFailure>(await answers()).Metadata.SequenceNr);
        await JournalFixture.Write(notebook, 2, 2);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_the_database_refuses_of_snapshots_and_deletions_is_told_and_the_actor_goes_on(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var (notebook, answers) = await Written(journal, 2);
        var criteria = new SnapshotSelectionCriteria(2);
        await journal.Database.Execute("ALTER TABLE snapshot RENAME TO elsewhere");

        await JournalFixture.Do(notebook, book => book.SaveSnapshot(new Note("state at 2")));
        var save = Assert.IsType<SaveSnapshotFailure>(await answers());
        Assert.Equal(("a", 2), (save.Metadata.PersistenceId, save.Metadata.SequenceNr));
        Assert.NotNull(save.Cause);
        await JournalFixture.Do(notebook, book => book.DeleteSnapshot(2));
        Assert.Equal(2, Assert.IsType<DeleteSnapshotFailure>(await answers()).Metadata.SequenceNr);
        await JournalFixture.Do(notebook, book => book.DeleteSnapshots(criteria));
        Assert.Equal(criteria, Assert.IsType<DeleteSnapshotsFailure>(await answers()).Criteria);
        await journal.Database.Execute("ALTER TABLE journal RENAME TO elsewhere_too");
        await JournalFixture.Do(notebook, book => book.DeleteMessages(1));
        Assert.Equal(1, Assert.IsType<DeleteMessagesFailure>(await answers()).ToSequenceNr);
        await journal.Database.Execute("ALTER TABLE elsewhere RENAME TO snapshot");
        await journal.Database.Execute("ALTER TABLE elsewhere_too RENAME TO journal");

        await JournalFixture.Write(notebook, 3, 3);
        await journal.Restart();
        Assert.Equal(["1:note 1", "2:note 2", "3:note 3"], (await JournalFixture.Read(journal.Open("a"))).Recovered);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Snapshots_are_chosen_and_deleted_from_a_number_on(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = await WithSnapshots(journal, out var answers);
        var upToTwo = new Recovery(new SnapshotSelectionCriteria(2, DateTime.MaxValue, minSequenceNr: 2));
        Assert.Equal("2:state at 2", (await JournalFixture.Read(journal.Open("a", new NotebookOptions { Recovery = upToTwo }))).Snapshot);
        var beyond = new Recovery(new SnapshotSelectionCriteria(long.MaxValue, DateTime.MaxValue, minSequenceNr: 4));
        Assert.Null((await JournalFixture.Read(journal.Open("a", new NotebookOptions { Recovery = beyond }))).Snapshot);

        await JournalFixture.Do(notebook, book => book.DeleteSnapshots(new SnapshotSelectionCriteria(long.MaxValue, DateTime.MaxValue, minSequenceNr: 2)));
        Assert.IsType<DeleteSnapshotsSuccess>(await answers());

        Assert.Equal(["1"], await journal.Database.Query("SELECT sequence_number FROM snapshot"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_deleted_snapshot_gives_way_to_the_one_before_it(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = await WithSnapshots(journal, out var answers);

        await JournalFixture.Do(notebook, book => book.DeleteSnapshot(3));
        Assert.Equal(3, Assert.IsType<DeleteSnapshotSuccess>(await answers()).Metadata.SequenceNr);

        Assert.Equal("2:state at 2", (await JournalFixture.Read(journal.Open("a"))).Snapshot);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Snapshots_are_deleted_up_to_a_number(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var notebook = await WithSnapshots(journal, out var answers);
        var criteria = new SnapshotSelectionCriteria(2);

        await JournalFixture.Do(notebook, book => book.DeleteSnapshots(criteria));
        Assert.Equal(criteria, Assert.IsType<DeleteSnapshotsSuccess>(await answers()).Criteria);

        Assert.Equal(["3"], await journal.Database.Query("SELECT sequence_number FROM snapshot"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Snapshots_are_selected_by_their_time(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        await WithSnapshots(journal, out _);
        await journal.Database.Execute($"UPDATE snapshot SET created = {new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks} WHERE sequence_number = 1");
        var criteria = new SnapshotSelectionCriteria(long.MaxValue, new DateTime(2002, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        var state = await JournalFixture.Read(journal.Open("a", new NotebookOptions { Recovery = new Recovery(criteria) }));

        Assert.Equal("1:state at 1", state.Snapshot);
    }

    private static async Task<(IActorRef Notebook, Func<Task<object>> Answers)> Written(JournalFixture journal, int events)
    {
        var (inbox, messages) = journal.Inbox();
        var notebook = journal.Open("a", new NotebookOptions { Inbox = inbox });
        await JournalFixture.Write(notebook, 1, events);
        return (notebook, () => messages.ReadAsync().AsTask().WaitAsync(JournalFixture.Patience));
    }

    private static Task<IActorRef> WithSnapshots(JournalFixture journal, out Func<Task<object>> answers)
    {
        var (inbox, messages) = journal.Inbox();
        var notebook = journal.Open("a", new NotebookOptions { Inbox = inbox });
        var next = answers = () => messages.ReadAsync().AsTask().WaitAsync(JournalFixture.Patience);
        return Save();

        async Task<IActorRef> Save()
        {
            for (var i = 1; i <= 3; i++)
            {
                var text = $"state at {i}";
                await JournalFixture.Write(notebook, i, i);
                await JournalFixture.Do(notebook, book => book.SaveSnapshot(new Note(text)));
                Assert.IsType<SaveSnapshotSuccess>(await next());
            }

            return notebook;
        }
    }
}
