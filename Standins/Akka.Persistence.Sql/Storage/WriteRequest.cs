namespace Akka.Persistence.Sql.Storage;

/// <summary>Something that waits for the writer of a database.</summary>
internal abstract class WriteRequest
{
    protected WriteRequest(string persistenceId) => PersistenceId = persistenceId;

    public string PersistenceId { get; }

    /// <summary>Rows that it weighs in a batch.</summary>
    public virtual int Weight => 1;

    /// <summary>Payload bytes that it weighs in a batch.</summary>
    public virtual long Bytes => 0;

    /// <summary>
    /// Called once, on the writer's thread: after the commit with null, or with what went wrong and nothing of it on disk.
    /// It must be quick and must not throw.
    /// </summary>
    public abstract void Completed(Exception? failure);
}
