using Grpc.Core;
using WebChat.Actors;

namespace WebChat.Edge.Errors;

/// <summary>The gRPC and HTTP statuses of an <see cref="ErrorCode"/>. HTTP follows the mapping of google.rpc.Code, as JSON transcoding does.</summary>
public readonly record struct ErrorStatus(StatusCode Grpc, int Http)
{
    public static ErrorStatus Of(ErrorCode code) => code switch
    {
        ErrorCode.InvalidArgument => new(StatusCode.InvalidArgument, StatusCodes.Status400BadRequest),
        ErrorCode.Unauthenticated => new(StatusCode.Unauthenticated, StatusCodes.Status401Unauthorized),
        ErrorCode.PermissionDenied => new(StatusCode.PermissionDenied, StatusCodes.Status403Forbidden),
        ErrorCode.NotFound => new(StatusCode.NotFound, StatusCodes.Status404NotFound),
        ErrorCode.AlreadyExists => new(StatusCode.AlreadyExists, StatusCodes.Status409Conflict),
        ErrorCode.FailedPrecondition => new(StatusCode.FailedPrecondition, StatusCodes.Status400BadRequest),
        ErrorCode.RateLimited or ErrorCode.TooLarge => new(StatusCode.ResourceExhausted, StatusCodes.Status429TooManyRequests),
        ErrorCode.Unavailable => new(StatusCode.Unavailable, StatusCodes.Status503ServiceUnavailable),
        ErrorCode.DeadlineExceeded => new(StatusCode.DeadlineExceeded, StatusCodes.Status504GatewayTimeout),
        ErrorCode.Internal => new(StatusCode.Internal, StatusCodes.Status500InternalServerError),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, null),
    };
}
