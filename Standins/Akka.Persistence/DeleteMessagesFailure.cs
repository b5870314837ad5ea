using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Events could not be deleted.</summary>
public sealed class DeleteMessagesFailure(Exception cause, long toSequenceNr) : IEquatable<DeleteMessagesFailure>, INoSerializationVerificationNeeded
{
    public Exception Cause { get; } = cause;

    public long ToSequenceNr { get; } = toSequenceNr;

    /// <inheritdoc />
    public bool Equals(DeleteMessagesFailure? other) => other is not null && ToSequenceNr == other.ToSequenceNr && Equals(Cause, other.Cause);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as DeleteMessagesFailure);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Cause, ToSequenceNr);
}
