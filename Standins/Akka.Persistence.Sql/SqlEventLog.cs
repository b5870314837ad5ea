using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Internal;
using Akka.Persistence.Journal;
using Akka.Persistence.Sql.Storage;

namespace Akka.Persistence.Sql;

/// <summary>
/// The journal as persistent actors call it: events are serialized on the actor's own thread, queued for the database's writer,
/// and told back to the actor from there once they are on disk.
/// </summary>
internal sealed class SqlEventLog(SqlStore store, EventSerializer serializer, EventAdapters adapters, int pageSize) : DirectJournal
{
    private readonly bool _adapts = !adapters.IsEmpty;

    public static SqlEventLog Create(ExtendedActorSystem system, Configuration.Config config, EventAdapters adapters) => new(
        SqlStores.Of(system).For(config),
        new EventSerializer(system, config.GetString("serializer")),
        adapters,
        Math.Max(1, config.GetInt("replay-batch-size", 1000)));

    public override bool Append(EventBatch batch, ref long lastSequenceNr)
    {
        var request = batch.JournalState as ActorAppend;
        if (request is null)
        {
            batch.JournalState = request = new ActorAppend(batch);
        }

        request.Truncate(0);
        for (var first = 0; first < batch.Count;)
        {
            var end = EndOfGroup(batch, first);
            if (!batch[first].IsDeferred)
            {
                AppendGroup(request, batch, first, end, ref lastSequenceNr);
            }

            first = end;
        }

        if (request.Count == 0)
        {
            return false;
        }

        store.Enqueue(request);
        return true;
    }

    public override void Replay(ReplayRequest request) => new ReplayReader(store, this, request, pageSize).Start();

    /// <summary>What event adapters make of a row; added to the events recovered.</summary>
    public void Read(string persistenceId, in EventRow row, List<ReplayedEvent> events)
    {
        try
        {
            var stored = serializer.Deserialize(row.Message, row.SerializerId, row.Manifest);
            if (!_adapts)
            {
                events.Add(new ReplayedEvent(row.SequenceNr, stored));
                return;
            }

            foreach (var e in adapters.Get(stored.GetType()).FromJournal(stored, row.Manifest ?? string.Empty).Events)
            {
                events.Add(new ReplayedEvent(row.SequenceNr, e));
            }
        }
        catch (Exception failure)
        {
            throw new UnreadableRowException(
                $"The event of {persistenceId} with sequence number {row.SequenceNr} cannot be read (serializer {row.SerializerId}, manifest '{row.Manifest}'): {failure.Message}",
                failure);
        }
    }

    private static int EndOfGroup(EventBatch batch, int first)
    {
        var end = first + 1;
        while (end < batch.Count && !batch[end].IsDeferred && !batch[first].IsDeferred && batch[end].Group == batch[first].Group)
        {
            end++;
        }

        return end;
    }

    private void AppendGroup(ActorAppend request, EventBatch batch, int first, int end, ref long lastSequenceNr)
    {
        var rowsBefore = request.Count;
        var sequenceNr = lastSequenceNr;
        var now = DateTime.UtcNow.Ticks;
        try
        {
            for (var i = first; i < end; i++)
            {
                ref var entry = ref batch[i];
                entry.SequenceNr = ++sequenceNr;
                request.Add(RowOf(entry.Event, sequenceNr, now));
            }
        }
        catch (Exception rejection)
        {
            // All of an atomic write is refused with the event that cannot be serialized; the numbers go to the next events.
            request.Truncate(rowsBefore);
            for (var i = first; i < end; i++)
            {
                batch[i].Rejection = rejection;
                batch[i].SequenceNr = lastSequenceNr + 1 + (i - first);
            }

            return;
        }

        lastSequenceNr = sequenceNr;
    }

    private EventRow RowOf(object @event, long sequenceNr, long now)
    {
        var stored = _adapts ? adapters.Get(@event.GetType()).ToJournal(@event) : @event;
        IReadOnlyCollection<string>? tags = null;
        if (stored is Tagged tagged)
        {
            (stored, tags) = (tagged.Payload, tagged.Tags);
        }

        var (bytes, serializerId, manifest) = serializer.Serialize(stored);
        return new EventRow
        {
            SequenceNr = sequenceNr,
            Created = now,
            Message = bytes,
            SerializerId = serializerId,
            Manifest = manifest,
            Tags = tags,
        };
    }

    /// <summary>The rows of an actor's batch; told back to the actor, as that batch, when they have their outcome.</summary>
    private sealed class ActorAppend(EventBatch batch) : AppendRequest(batch.PersistenceId)
    {
        public override void Completed(Exception? failure)
        {
            batch.Failure = failure;
            batch.IsDone = true;
            batch.Actor.Tell(batch, ActorRefs.NoSender);
        }
    }
}
