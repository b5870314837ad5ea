using System.Data.Common;
using System.Runtime.Serialization;
using System.Security.Cryptography;
using Akka.Actor;
using WebChat.Actors;

namespace WebChat.Edge.Errors;

/// <summary>Turns exceptions into rejections for the client. An unexpected exception is logged with an id, and the client receives only the id.</summary>
public sealed partial class Failures(ILogger<Failures> logger)
{
    private static readonly TimeSpan DatabaseRetry = TimeSpan.FromSeconds(1);

    /// <summary>The rejection for the client.</summary>
    public Rejection Explain(Exception exception) => exception switch
    {
        RejectedException rejected => rejected.Rejection,
        AskTimeoutException => new(ErrorCode.DeadlineExceeded, "The answer did not come in time. The request may or may not have been carried out."),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new(ErrorCode.TooLarge, "The request is too large."),
        BadHttpRequestException => new(ErrorCode.InvalidArgument, "The request cannot be read."),
        DbException => Unavailable(exception),
        SerializationException or CryptographicException => Unreadable(exception),
        _ => Unexpected(exception),
    };

    private Rejection Unavailable(Exception exception)
    {
        DatabaseFailed(logger, exception);
        return Rejection.TryAgain(DatabaseRetry);
    }

    // A damaged record, or one of a later version: its room fails in the same way.
    private Rejection Unreadable(Exception exception)
    {
        RecordUnreadable(logger, exception);
        return new(ErrorCode.Unavailable, "A record cannot be read.");
    }

    private Rejection Unexpected(Exception exception)
    {
        var id = RandomNumberGenerator.GetHexString(16, lowercase: true);
        CallFailed(logger, id, exception);
        return new(ErrorCode.Internal, $"Internal error {id}.");
    }

    [LoggerMessage(1001, LogLevel.Error, "A request failed; its client received the id {ErrorId}")]
    private static partial void CallFailed(ILogger logger, string errorId, Exception exception);

    [LoggerMessage(1002, LogLevel.Warning, "The database did not answer a request")]
    private static partial void DatabaseFailed(ILogger logger, Exception exception);

    [LoggerMessage(1003, LogLevel.Error, "A record in the database cannot be read")]
    private static partial void RecordUnreadable(ILogger logger, Exception exception);
}
