using Akka.Actor;

namespace Akka.Persistence.Snapshot;

/// <summary>A snapshot store that is an actor and answers asynchronously.</summary>
public abstract class SnapshotStore : ActorBase
{
    /// <inheritdoc />
    protected sealed override bool Receive(object message)
    {
        switch (message)
        {
            case LoadSnapshot load:
                _ = Answer(Sender, Load(load), cause => new LoadSnapshotFailed(cause));
                return true;
            case SaveSnapshot save:
                var metadata = new SnapshotMetadata(save.Metadata.PersistenceId, save.Metadata.SequenceNr, DateTime.UtcNow);
                _ = Answer(Sender, Done(() => SaveAsync(metadata, save.Snapshot), new SaveSnapshotSuccess(metadata)), cause => new SaveSnapshotFailure(metadata, cause));
                return true;
            case DeleteSnapshot delete:
                _ = Answer(
                    Sender,
                    Done(() => DeleteAsync(delete.Metadata), new DeleteSnapshotSuccess(delete.Metadata)),
                    cause => new DeleteSnapshotFailure(delete.Metadata, cause));
                return true;
            case DeleteSnapshots delete:
                _ = Answer(
                    Sender,
                    Done(() => DeleteAsync(delete.PersistenceId, delete.Criteria), new DeleteSnapshotsSuccess(delete.Criteria)),
                    cause => new DeleteSnapshotsFailure(delete.Criteria, cause));
                return true;
            default:
                return ReceivePluginInternal(message);
        }
    }

    /// <summary>The newest snapshot that fits, or null.</summary>
    protected abstract Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria);

    /// <summary>Keeps a snapshot, over an older one of the same sequence number.</summary>
    protected abstract Task SaveAsync(SnapshotMetadata metadata, object snapshot);

    /// <summary>Deletes one snapshot, whatever its time if the metadata has none.</summary>
    protected abstract Task DeleteAsync(SnapshotMetadata metadata);

    /// <summary>Deletes the snapshots that fit.</summary>
    protected abstract Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria);

    /// <summary>Handles what only this plugin knows.</summary>
    protected virtual bool ReceivePluginInternal(object message) => false;

    private static async Task<object> Done(Func<Task> work, object answer)
    {
        await work().ConfigureAwait(false);
        return answer;
    }

    private async Task Answer(IActorRef sender, Task<object> work, Func<Exception, object> failed)
    {
        var self = Self;
        object answer;
        try
        {
            answer = await work.ConfigureAwait(false);
        }
        catch (Exception cause)
        {
            answer = failed(cause);
        }

        sender.Tell(answer, self);
    }

    private async Task<object> Load(LoadSnapshot load)
    {
        var criteria = load.Criteria;
        var limited = load.ToSequenceNr < criteria.MaxSequenceNr
            ? new SnapshotSelectionCriteria(load.ToSequenceNr, criteria.MaxTimeStamp, criteria.MinSequenceNr, criteria.MinTimestamp)
            : criteria;
        return new LoadSnapshotResult(await LoadAsync(load.PersistenceId, limited).ConfigureAwait(false), load.ToSequenceNr);
    }
}
