using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;
using Akka.Persistence.Snapshot;
using Akka.Serialization;
using Google.Protobuf;
using WebChat.Actors.Persistence;
using WebChat.Journal.V1;

namespace WebChat.Tests.Actors.Simulation;

/// <summary>The journal's plug-in on the simulated disk. Named in the actor system's configuration.</summary>
public sealed class SimulatedJournal : AsyncWriteJournal
{
    private readonly Disk _disk = Simulation.Current.Disk;
    private readonly Serializer _serializer = Context.System.Serialization.FindSerializerForType(typeof(MessagePosted));

    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var writes = messages.Select(write => (IImmutableList<IPersistentRepresentation>)write.Payload).ToList();
        var first = writes[0][0];
        return _disk.Write(first.PersistenceId, first.WriterGuid, [.. writes.Select(write => write.Select(ToRow).ToArray())]);
    }

    public override async Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        await _disk.WritesOf(persistenceId);
        await _disk.Reads();
        return _disk.Highest(persistenceId);
    }

    public override Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback)
    {
        foreach (var row in _disk.Read(persistenceId, fromSequenceNr, toSequenceNr))
            recoveryCallback(new Persistent(Event(row), row.SequenceNumber, row.PersistenceId, row.Manifest));
        return Task.CompletedTask;
    }

    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr, CancellationToken cancellationToken)
    {
        _disk.Delete(persistenceId, toSequenceNr);
        return Task.CompletedTask;
    }

    private object Event(Row row) => ((SerializerWithStringManifest)_serializer).FromBinary(row.Message, row.Manifest);

    private Row ToRow(IPersistentRepresentation persistent)
    {
        var (journaled, tags) = persistent.Payload is Tagged tagged ? ((IMessage)tagged.Payload, tagged.Tags) : ((IMessage)persistent.Payload, []);
        return new(persistent.PersistenceId, persistent.SequenceNr, Manifests.Of(journaled.GetType()), journaled.ToByteArray(), [.. tags]);
    }
}

/// <summary>The snapshots on the simulated disk. Named in the actor system's configuration.</summary>
public sealed class SimulatedSnapshotStore : SnapshotStore
{
    private readonly Disk _disk = Simulation.Current.Disk;
    private readonly Serializer _serializer = Context.System.Serialization.FindSerializerForType(typeof(MessagePosted));

    protected override async Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancellationToken)
    {
        await _disk.Reads();
        return _disk.Snapshots(persistenceId).LastOrDefault(saved => saved.SequenceNumber <= criteria.MaxSequenceNr) is { } found
            ? new(new SnapshotMetadata(persistenceId, found.SequenceNumber, DateTime.UnixEpoch), ((SerializerWithStringManifest)_serializer).FromBinary(found.Message, found.Manifest))
            : null;
    }

    protected override async Task SaveAsync(SnapshotMetadata metadata, object snapshot, CancellationToken cancellationToken)
    {
        var row = new Row(metadata.PersistenceId, metadata.SequenceNr, Manifests.Of(snapshot.GetType()), ((IMessage)snapshot).ToByteArray(), []);
        await _disk.Reads();
        _disk.Snapshots(metadata.PersistenceId).Add(row);
    }

    protected override Task DeleteAsync(SnapshotMetadata metadata, CancellationToken cancellationToken)
    {
        _disk.Snapshots(metadata.PersistenceId).RemoveAll(saved => saved.SequenceNumber == metadata.SequenceNr);
        return Task.CompletedTask;
    }

    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancellationToken)
    {
        _disk.Snapshots(persistenceId).RemoveAll(saved => saved.SequenceNumber <= criteria.MaxSequenceNr);
        return Task.CompletedTask;
    }
}
