using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using AkkaPersistence = Akka.Persistence.Persistence;

namespace WebChat.Tests.Standins.Persistence;

/// <summary>The journal and the snapshot store as actors that answer messages.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class JournalMessageSpecs
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_journal_answers_a_write_and_then_each_of_its_events(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        var (inbox, messages) = journal.Inbox();
        var actor = AkkaPersistence.Instance.Apply(journal.System).JournalFor(string.Empty);

        actor.Tell(new WriteMessages([Atomic(1, "a", "b"), Atomic(3, "c")], inbox, 7));
        actor.Tell(new WriteMessages([Atomic(4, "d")], inbox, 7));

        Assert.IsType<WriteMessagesSuccessful>(await Next());
        foreach (var (number, text) in new[] { (1, "a"), (2, "b"), (3, "c") })
        {
            var success = Assert.IsType<WriteMessageSuccess>(await Next());
            Assert.Equal(number, success.Persistent.SequenceNr);
            Assert.Equal(new Note(text), success.Persistent.Payload);
            Assert.Equal(7, success.ActorInstanceId);
        }

        Assert.IsType<WriteMessagesSuccessful>(await Next());
        Assert.Equal(4, Assert.IsType<WriteMessageSuccess>(await Next()).Persistent.SequenceNr);

        async Task<object> Next() => await messages.ReadAsync().AsTask().WaitAsync(JournalFixture.Patience);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_journal_replays_the_events_asked_for_and_tells_the_highest_number(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind, "akka.persistence.journal.sql.replay-batch-size = 2");
        await JournalFixture.Write(journal.Open("a"), 1, 9);
        var (inbox, messages) = journal.Inbox();

        AkkaPersistence.Instance.Apply(journal.System).JournalFor(string.Empty).Tell(new ReplayMessages(2, 8, 5, "a", inbox));

        for (var i = 2; i <= 6; i++)
        {
            var replayed = Assert.IsType<ReplayedMessage>(await messages.ReadAsync().AsTask().WaitAsync(JournalFixture.Patience)).Persistent;
            Assert.Equal((i, new Note($"note {i}"), "a"), ((int)replayed.SequenceNr, replayed.Payload, replayed.PersistenceId));
            Assert.Equal(32, replayed.WriterGuid.Length);
        }

        Assert.Equal(9, Assert.IsType<RecoverySuccess>(await messages.ReadAsync().AsTask().WaitAsync(JournalFixture.Patience)).HighestSequenceNr);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_write_with_a_number_that_is_taken_fails_each_of_its_events(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);
        await JournalFixture.Write(journal.Open("a"), 1, 2);
        var (inbox, messages) = journal.Inbox();

        AkkaPersistence.Instance.Apply(journal.System).JournalFor(string.Empty).Tell(new WriteMessages([Atomic(2, "taken", "next")], inbox, 1));

        Assert.IsType<WriteMessagesFailed>(await Next());
        Assert.Equal(2, Assert.IsType<WriteMessageFailure>(await Next()).Persistent.SequenceNr);
        Assert.Equal(3, Assert.IsType<WriteMessageFailure>(await Next()).Persistent.SequenceNr);
        Assert.Equal(["2"], await journal.Database.Query("SELECT max(sequence_number) FROM journal"));

        async Task<object> Next() => await messages.ReadAsync().AsTask().WaitAsync(JournalFixture.Patience);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_snapshot_store_answers_with_nothing_where_nothing_fits(DatabaseKind kind)
    {
        await using var journal = await JournalFixture.Create(kind);

        var answer = await AkkaPersistence.Instance.Apply(journal.System).SnapshotStoreFor(string.Empty)
            .Ask<LoadSnapshotResult>(new LoadSnapshot("nobody", SnapshotSelectionCriteria.Latest, long.MaxValue), JournalFixture.Patience);

        Assert.Null(answer.Snapshot);
        Assert.Equal(long.MaxValue, answer.ToSequenceNr);
    }

    private static AtomicWrite Atomic(long first, params string[] texts) => new(
        texts.Select((text, i) => (IPersistentRepresentation)new Persistent(new Note(text), first + i, "a")).ToImmutableList());
}
