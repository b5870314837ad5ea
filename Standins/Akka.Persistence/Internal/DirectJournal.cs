namespace Akka.Persistence.Internal;

/// <summary>
/// A journal that persistent actors call instead of sending it messages: serializing then runs on the actors' own threads,
/// and no journal actor stands between them and the writer.
/// </summary>
internal abstract class DirectJournal
{
    /// <summary>
    /// Serializes, gives sequence numbers from <paramref name="lastSequenceNr"/> on to what it accepts, and queues that;
    /// tells the batch back to its actor when it has its outcome. Called on the actor's turn.
    /// </summary>
    /// <returns>False if nothing of it was accepted: the batch has its outcome already and is not told back.</returns>
    public abstract bool Append(EventBatch batch, ref long lastSequenceNr);

    /// <summary>Reads events back, page by page, as fast as the actor takes them; tells <see cref="ReplayedPage"/>s.</summary>
    public abstract void Replay(ReplayRequest request);
}
