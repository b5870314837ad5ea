namespace Grpc.Core;

/// <summary>A stream of messages to be written, one write at a time.</summary>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>Options of the writes to come; null for the call's own.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Writes a message. The next write must wait until the task has ended.</summary>
    Task WriteAsync(T message);

    /// <summary>Writes a message; cancelling the token of a write under way cancels the call.</summary>
    Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            throw new NotSupportedException("This stream's writes cannot be cancelled.");
        }

        return WriteAsync(message);
    }
}
