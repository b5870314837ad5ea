namespace Akka.Persistence.Sql.Storage;

/// <summary>How one database is opened and written.</summary>
internal sealed record StoreSettings
{
    public required string ConnectionString { get; init; }

    /// <summary>Events that one transaction takes at most; an atomic write is never split.</summary>
    public int MaxBatchRows { get; init; } = 1000;

    /// <summary>Payload bytes that one transaction takes at most; a larger single write goes alone.</summary>
    public long MaxBatchBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Whether missing tables are created on first use.</summary>
    public bool AutoInitialize { get; init; } = true;
}
