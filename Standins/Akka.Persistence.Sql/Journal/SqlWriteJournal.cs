using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Internal;
using Akka.Persistence.Journal;
using Akka.Persistence.Sql.Storage;

namespace Akka.Persistence.Sql.Journal;

/// <summary>The journal in a SQL database, as it answers the journal's messages; persistent actors reach the same database without it.</summary>
[DirectJournal(typeof(SqlEventLogFactory))]
public class SqlWriteJournal : AsyncWriteJournal
{
    private readonly SqlStore _store;
    private readonly EventSerializer _serializer;
    private readonly int _pageSize;

    /// <exception cref="ArgumentException">The configuration names no database.</exception>
    public SqlWriteJournal(Configuration.Config journalConfig)
    {
        var system = (ExtendedActorSystem)Context.System;
        _store = SqlStores.Of(system).For(journalConfig);
        _serializer = new EventSerializer(system, journalConfig.GetString("serializer"));
        _pageSize = Math.Max(1, journalConfig.GetInt("replay-batch-size", 1000));
    }

    /// <inheritdoc />
    public override async Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr) =>
        (await _store.ReadEvents(persistenceId, 0, 0, 0).ConfigureAwait(false)).HighestSequenceNr;

    /// <inheritdoc />
    public override async Task ReplayMessagesAsync(
        IActorContext context,
        string persistenceId,
        long fromSequenceNr,
        long toSequenceNr,
        long max,
        Action<IPersistentRepresentation> recoveryCallback)
    {
        var next = fromSequenceNr;
        for (var left = max; left > 0;)
        {
            var wanted = Math.Min(_pageSize, left);
            var page = await _store.ReadEvents(persistenceId, next, toSequenceNr, wanted).ConfigureAwait(false);
            foreach (var row in page.Rows)
            {
                var payload = _serializer.Deserialize(row.Message, row.SerializerId, row.Manifest);
                recoveryCallback(new Persistent(
                    payload,
                    row.SequenceNr,
                    persistenceId,
                    row.Manifest,
                    writerGuid: row.WriterUuid,
                    timestamp: row.Created));
                next = row.SequenceNr + 1;
            }

            left -= page.Rows.Count;
            if (page.Rows.Count < wanted)
            {
                return;
            }
        }
    }

    /// <inheritdoc />
    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        var rejections = ImmutableList.CreateBuilder<Exception?>();
        var requests = new Dictionary<string, AwaitedAppendRequest>();
        foreach (var write in messages)
        {
            if (!requests.TryGetValue(write.PersistenceId, out var request))
            {
                requests.Add(write.PersistenceId, request = new AwaitedAppendRequest(write.PersistenceId));
            }

            rejections.Add(TryAdd(request, write));
        }

        foreach (var request in requests.Values.Where(request => request.Count > 0))
        {
            _store.Enqueue(request);
        }

        foreach (var request in requests.Values.Where(request => request.Count > 0))
        {
            if (await request.Outcome.ConfigureAwait(false) is { } failure)
            {
                throw failure;
            }
        }

        return rejections.ToImmutable()!;
    }

    /// <inheritdoc />
    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr)
    {
        var request = new DeleteEventsRequest(persistenceId, toSequenceNr);
        _store.Enqueue(request);
        return request.Outcome;
    }

    private Exception? TryAdd(AwaitedAppendRequest request, AtomicWrite write)
    {
        var before = request.Count;
        try
        {
            foreach (var e in write.Events)
            {
                var (payload, tags) = e.Payload is Tagged tagged ? (tagged.Payload, tagged.Tags) : (e.Payload, null);
                var (bytes, serializerId, manifest) = _serializer.Serialize(payload);
                request.Add(new EventRow
                {
                    SequenceNr = e.SequenceNr,
                    Created = e.Timestamp,
                    Message = bytes,
                    SerializerId = serializerId,
                    Manifest = manifest,
                    Tags = tags,
                });
            }

            return null;
        }
        catch (Exception rejection)
        {
            request.Truncate(before);
            return rejection;
        }
    }
}
