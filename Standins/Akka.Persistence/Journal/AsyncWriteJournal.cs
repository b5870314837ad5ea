using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>A journal that is an actor and answers asynchronously. Answers to writes go out in the order of the writes.</summary>
public abstract class AsyncWriteJournal : WriteJournalBase, IAsyncRecovery
{
    private Task _answered = Task.CompletedTask;

    /// <inheritdoc />
    public abstract Task ReplayMessagesAsync(
        IActorContext context,
        string persistenceId,
        long fromSequenceNr,
        long toSequenceNr,
        long max,
        Action<IPersistentRepresentation> recoveryCallback);

    /// <inheritdoc />
    public abstract Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr);

    /// <summary>
    /// Writes. A failed task means that none of it is certainly written and stops the actor; a list with an exception for a write,
    /// in the order of the writes, rejects that one; null rejects none.
    /// </summary>
    protected abstract Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages);

    /// <summary>Deletes events up to a sequence number, inclusive, and still knows the highest afterwards.</summary>
    protected abstract Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr);

    /// <inheritdoc />
    protected sealed override bool Receive(object message) => ReceiveWriteJournal(message) || ReceivePluginInternal(message);

    /// <summary>Handles what is sent to every journal.</summary>
    protected bool ReceiveWriteJournal(object message)
    {
        FindAdapters();
        switch (message)
        {
            case WriteMessages write:
                _answered = Write(write, _answered);
                return true;
            case ReplayMessages replay:
                _ = Replay(replay, Context);
                return true;
            case DeleteMessagesTo delete:
                _ = Delete(delete);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Handles what only this plugin knows.</summary>
    protected virtual bool ReceivePluginInternal(object message) => false;

    private static async Task<T> Started<T>(Func<Task<T>> start) => await start().ConfigureAwait(false);

    private async Task Write(WriteMessages request, Task before)
    {
        var self = Self;
        var actor = request.PersistentActor;
        var writes = new List<AtomicWrite>();
        var outcome = Started(() =>
        {
            writes.AddRange(PreparePersistentBatch(request.Messages));
            return WriteMessagesAsync(writes);
        });
        try
        {
            var rejections = await outcome.ConfigureAwait(false);
            await before.ConfigureAwait(false);
            actor.Tell(WriteMessagesSuccessful.Instance, self);
            var index = 0;
            foreach (var write in request.Messages.OfType<AtomicWrite>())
            {
                var rejection = rejections is { Count: > 0 } ? rejections[index] : null;
                index++;
                foreach (var e in write.Events)
                {
                    actor.Tell(
                        rejection is null
                            ? new WriteMessageSuccess(e, request.ActorInstanceId)
                            : new WriteMessageRejected(e, rejection, request.ActorInstanceId),
                        e.Sender);
                }
            }
        }
        catch (Exception failure)
        {
            await before.ConfigureAwait(false);
            actor.Tell(new WriteMessagesFailed(failure, request.Messages.Count()), self);
            foreach (var e in request.Messages.OfType<AtomicWrite>().SelectMany(write => write.Events))
            {
                actor.Tell(new WriteMessageFailure(e, failure, request.ActorInstanceId), e.Sender);
            }
        }
    }

    private async Task Replay(ReplayMessages request, IActorContext context)
    {
        var self = Self;
        var actor = request.PersistentActor;
        try
        {
            var highest = await ReadHighestSequenceNrAsync(request.PersistenceId, Math.Max(0, request.FromSequenceNr - 1)).ConfigureAwait(false);
            var to = Math.Min(request.ToSequenceNr, highest);
            if (request.FromSequenceNr <= to)
            {
                await ReplayMessagesAsync(context, request.PersistenceId, request.FromSequenceNr, to, request.Max, stored =>
                {
                    if (!stored.IsDeleted)
                    {
                        foreach (var e in AdaptFromJournal(stored))
                        {
                            actor.Tell(new ReplayedMessage(e), ActorRefs.NoSender);
                        }
                    }
                }).ConfigureAwait(false);
            }

            actor.Tell(new RecoverySuccess(highest), self);
        }
        catch (Exception failure)
        {
            actor.Tell(new ReplayMessagesFailure(failure), self);
        }
    }

    private async Task Delete(DeleteMessagesTo request)
    {
        var self = Self;
        try
        {
            await DeleteMessagesToAsync(request.PersistenceId, request.ToSequenceNr).ConfigureAwait(false);
            request.PersistentActor.Tell(new DeleteMessagesSuccess(request.ToSequenceNr), self);
        }
        catch (Exception failure)
        {
            request.PersistentActor.Tell(new DeleteMessagesFailure(failure, request.ToSequenceNr), self);
        }
    }
}
