namespace WebChat.Actors;

/// <summary>
/// The closed list of error codes. <see cref="ErrorCodes.Name"/> gives the name that clients see. Nodes exchange the number, so a
/// new code comes last.
/// </summary>
public enum ErrorCode
{
    /// <summary>The request is invalid, whatever the state of the server.</summary>
    InvalidArgument,

    /// <summary>The token is missing, invalid or expired, or the password is wrong.</summary>
    Unauthenticated,

    /// <summary>The caller is known but not allowed to do this.</summary>
    PermissionDenied,

    /// <summary>The thing does not exist.</summary>
    NotFound,

    /// <summary>The thing exists already.</summary>
    AlreadyExists,

    /// <summary>The current state does not allow this; the state must change first.</summary>
    FailedPrecondition,

    /// <summary>The caller exceeds a rate limit. The error says when to retry.</summary>
    RateLimited,

    /// <summary>The request is larger than the limit.</summary>
    TooLarge,

    /// <summary>The server cannot do this now. The same request may succeed later.</summary>
    Unavailable,

    /// <summary>The answer did not come in time. The request may or may not have been carried out.</summary>
    DeadlineExceeded,

    /// <summary>The server has a bug.</summary>
    Internal,
}

/// <summary>The names of <see cref="ErrorCode"/> on the wire.</summary>
public static class ErrorCodes
{
    /// <summary>The name that clients see, for example <c>invalid_argument</c>.</summary>
    public static string Name(this ErrorCode code) => code switch
    {
        ErrorCode.InvalidArgument => "invalid_argument",
        ErrorCode.Unauthenticated => "unauthenticated",
        ErrorCode.PermissionDenied => "permission_denied",
        ErrorCode.NotFound => "not_found",
        ErrorCode.AlreadyExists => "already_exists",
        ErrorCode.FailedPrecondition => "failed_precondition",
        ErrorCode.RateLimited => "rate_limited",
        ErrorCode.TooLarge => "too_large",
        ErrorCode.Unavailable => "unavailable",
        ErrorCode.DeadlineExceeded => "deadline_exceeded",
        ErrorCode.Internal => "internal",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, null),
    };
}
