using System.Diagnostics;
using Akka.Actor;
using Akka.Persistence;
using WebChat.Journal.V1;

namespace WebChat.Bench.Journal;

/// <summary>A persistent actor that writes one event after the other, each when the one before is acknowledged.</summary>
public sealed class WriterActor : ReceivePersistentActor
{
    private readonly List<double> _latencies = new(16_384);

    /// <summary>An actor with an id of its own in the journal.</summary>
    public WriterActor(string persistenceId)
    {
        PersistenceId = persistenceId;
        Recover<MessagePosted>(_ => { });
        Command<Writing>(Write);
        Command<int>(count =>
        {
            var asker = Sender;
            var left = count;
            PersistAll(Enumerable.Range(0, count).Select(_ => Event()), _ =>
            {
                if (--left == 0)
                    asker.Tell(LastSequenceNr);
            });
        });
        Command<RoomSnapshot>(snapshot =>
        {
            var asker = Sender;
            SaveSnapshot(snapshot);
            BecomeStacked(() => Command<SaveSnapshotSuccess>(_ => asker.Tell(LastSequenceNr)));
        });
        Command<string>(_ => Sender.Tell(LastSequenceNr));
    }

    /// <inheritdoc/>
    public override string PersistenceId { get; }

    /// <summary>An event as a chat has it.</summary>
    public static MessagePosted Event() => new()
    {
        At = 1_900_000_000_000,
        MemberId = "01arz3ndektsv4rrffq69g5fam",
        ClientId = "01arz3ndektsv4rrffq69g5fac",
        Text = "Good morning! How did it go yesterday evening?",
    };

    private void Write(Writing writing)
    {
        var began = Stopwatch.GetTimestamp();
        Persist(Event(), _ =>
        {
            var now = Stopwatch.GetTimestamp();
            if (writing.Counts(now))
                _latencies.Add(Stopwatch.GetElapsedTime(began, now).TotalMicroseconds);
            if (writing.IsOver(now))
                writing.Done(_latencies);
            else
                Self.Tell(writing);
        });
    }
}
