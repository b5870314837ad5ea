namespace Akka.Persistence.Sql.Storage;

/// <summary>One snapshot as the snapshot table holds it; <see cref="Created"/> in .NET UTC ticks.</summary>
internal sealed record SnapshotRow(string PersistenceId, long SequenceNr, long Created, byte[] Snapshot, string? Manifest, int? SerializerId);
