using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Calls;

internal static partial class CallLog
{
    [LoggerMessage(1, LogLevel.Error, "{Method} ended by an exception.", EventName = "HandlerFailed")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, string method);

    [LoggerMessage(2, LogLevel.Debug, "{Method} ended with {StatusCode}: {Detail}", EventName = "Rejected")]
    public static partial void Rejected(ILogger logger, string method, StatusCode statusCode, string detail);

    [LoggerMessage(3, LogLevel.Debug, "{Method} was cancelled by its client.", EventName = "Cancelled")]
    public static partial void Cancelled(ILogger logger, string method);

    [LoggerMessage(4, LogLevel.Debug, "The deadline of {Method} has passed.", EventName = "DeadlineExceeded")]
    public static partial void DeadlineExceeded(ILogger logger, string method);

    [LoggerMessage(5, LogLevel.Debug, "The grpc-timeout '{Timeout}' of {Method} is not readable and is ignored.", EventName = "BadTimeout")]
    public static partial void BadTimeout(ILogger logger, string method, string timeout);

    [LoggerMessage(6, LogLevel.Debug, "{Method} could not be ended properly; its stream is gone.", EventName = "EndFailed")]
    public static partial void EndFailed(ILogger logger, Exception exception, string method);
}
