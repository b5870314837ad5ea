namespace WebChat.Actors;

/// <summary>The closed list of errors, the same on every edge. <see cref="ErrorCodes.Name"/> gives the name that clients see.</summary>
public enum ErrorCode
{
    /// <summary>The request is wrong in itself, whatever the state of the server.</summary>
    InvalidArgument,

    /// <summary>No token, or not a good one; or a wrong password.</summary>
    Unauthenticated,

    /// <summary>Known, but not allowed to do this.</summary>
    PermissionDenied,

    /// <summary>There is no such thing.</summary>
    NotFound,

    /// <summary>There is such a thing already.</summary>
    AlreadyExists,

    /// <summary>Not in the present state; the state must change first.</summary>
    FailedPrecondition,

    /// <summary>Too much in too short a time; says when to try again.</summary>
    RateLimited,

    /// <summary>Larger than what is taken.</summary>
    TooLarge,

    /// <summary>Not now: trying the same again later may work.</summary>
    Unavailable,

    /// <summary>The answer did not come in time; what was asked may or may not have happened.</summary>
    DeadlineExceeded,

    /// <summary>A bug of the server.</summary>
    Internal,
}

/// <summary>The names of <see cref="ErrorCode"/> on the wire.</summary>
public static class ErrorCodes
{
    /// <summary>The code as clients see it, for example <c>invalid_argument</c>.</summary>
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
