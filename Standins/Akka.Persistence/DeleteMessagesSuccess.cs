namespace Akka.Persistence;

/// <summary>Events up to a sequence number are deleted.</summary>
public sealed class DeleteMessagesSuccess(long toSequenceNr) : IEquatable<DeleteMessagesSuccess>
{
    public long ToSequenceNr { get; } = toSequenceNr;

    /// <inheritdoc />
    public bool Equals(DeleteMessagesSuccess? other) => other is not null && ToSequenceNr == other.ToSequenceNr;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as DeleteMessagesSuccess);

    /// <inheritdoc />
    public override int GetHashCode() => ToSequenceNr.GetHashCode();
}
