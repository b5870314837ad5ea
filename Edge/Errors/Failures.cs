using System.Data.Common;
using System.Security.Cryptography;
using Akka.Actor;
using WebChat.Actors;

namespace WebChat.Edge.Errors;

/// <summary>Turns whatever a call threw into what its client is told. What nobody expected stands in the log under an id, and the client learns the id alone.</summary>
public sealed partial class Failures(ILogger<Failures> logger)
{
    private static readonly TimeSpan DatabaseRetry = TimeSpan.FromSeconds(1);

    /// <summary>What to tell the client.</summary>
    public Rejection Explain(Exception exception) => exception switch
    {
        RejectedException rejected => rejected.Rejection,
        AskTimeoutException => new(ErrorCode.DeadlineExceeded, "The answer did not come in time; what was asked may or may not have happened."),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new(ErrorCode.TooLarge, "The request is too large."),
        BadHttpRequestException => new(ErrorCode.InvalidArgument, "The request could not be read."),
        DbException => Unavailable(exception),
        _ => Unexpected(exception),
    };

    private Rejection Unavailable(Exception exception)
    {
        DatabaseFailed(logger, exception);
        return new(ErrorCode.Unavailable, "Please try again in a moment.", RetryAfter: DatabaseRetry);
    }

    private Rejection Unexpected(Exception exception)
    {
        var id = RandomNumberGenerator.GetHexString(16, lowercase: true);
        CallFailed(logger, id, exception);
        return new(ErrorCode.Internal, $"Internal error {id}.");
    }

    [LoggerMessage(1001, LogLevel.Error, "A call failed; its client was told the id {ErrorId}")]
    private static partial void CallFailed(ILogger logger, string errorId, Exception exception);

    [LoggerMessage(1002, LogLevel.Warning, "The database did not answer a call")]
    private static partial void DatabaseFailed(ILogger logger, Exception exception);
}
