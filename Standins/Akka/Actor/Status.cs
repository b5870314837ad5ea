namespace Akka.Actor;

/// <summary>How something went: the usual answer where there is nothing else to answer.</summary>
public abstract class Status
{
    /// <summary>It went well.</summary>
    public sealed class Success : Status
    {
        /// <summary>Success without anything more to say.</summary>
        public static readonly Success Instance = new(null);

        /// <summary>What came of it.</summary>
        public readonly object? Status;

        /// <summary>Success that says what came of it.</summary>
        public Success(object? status)
        {
            Status = status;
        }

        /// <inheritdoc/>
        public override string ToString() => $"Success: {Status ?? "null"}";
    }

    /// <summary>It went wrong. As the answer to an <c>Ask</c> it fails the task with <see cref="Cause"/>.</summary>
    public sealed class Failure : Status
    {
        /// <summary>Why it went wrong.</summary>
        public readonly Exception Cause;

        /// <summary>Whatever else the sender wants known.</summary>
        public readonly object? State;

        /// <summary>Failure because of <paramref name="cause"/>.</summary>
        public Failure(Exception cause)
            : this(cause, null)
        {
        }

        /// <summary>Failure because of <paramref name="cause"/>, with something more to say.</summary>
        public Failure(Exception cause, object? state)
        {
            Cause = cause;
            State = state;
        }

        /// <inheritdoc/>
        public override string ToString() => State is null ? $"Failure: {Cause}" : $"Failure[{State}]: {Cause}";
    }
}
