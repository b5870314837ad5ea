using Grpc.Core;
using WebChat.Actors;

namespace WebChat.Edge.Errors;

/// <summary>
/// How an <see cref="ErrorCode"/> is said on each edge. HTTP follows the mapping of google.rpc.Code, except that
/// <see cref="ErrorCode.TooLarge"/>, which google.rpc does not know, has HTTP's own 413.
/// </summary>
/// <param name="Grpc">The gRPC status.</param>
/// <param name="Http">The HTTP status.</param>
/// <param name="Title">What kind of problem it is, in a few words.</param>
public readonly record struct ErrorStatus(StatusCode Grpc, int Http, string Title)
{
    /// <summary>The row of a code.</summary>
    public static ErrorStatus Of(ErrorCode code) => code switch
    {
        ErrorCode.InvalidArgument => new(StatusCode.InvalidArgument, 400, "Invalid argument"),
        ErrorCode.Unauthenticated => new(StatusCode.Unauthenticated, 401, "Unauthenticated"),
        ErrorCode.PermissionDenied => new(StatusCode.PermissionDenied, 403, "Permission denied"),
        ErrorCode.NotFound => new(StatusCode.NotFound, 404, "Not found"),
        ErrorCode.AlreadyExists => new(StatusCode.AlreadyExists, 409, "Already exists"),
        ErrorCode.FailedPrecondition => new(StatusCode.FailedPrecondition, 400, "Failed precondition"),
        ErrorCode.RateLimited => new(StatusCode.ResourceExhausted, 429, "Rate limited"),
        ErrorCode.TooLarge => new(StatusCode.ResourceExhausted, 413, "Too large"),
        ErrorCode.Unavailable => new(StatusCode.Unavailable, 503, "Unavailable"),
        ErrorCode.DeadlineExceeded => new(StatusCode.DeadlineExceeded, 504, "Deadline exceeded"),
        ErrorCode.Internal => new(StatusCode.Internal, 500, "Internal error"),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, null),
    };
}
