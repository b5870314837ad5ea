using WebChat.V1;

namespace WebChat.Actors.Connections;

/// <summary>A rejection as a frame.</summary>
public static class ErrorFrames
{
    /// <summary>The frame that tells a client of a rejection.</summary>
    public static ServerFrame Of(Rejection rejection) => new()
    {
        Error = new()
        {
            Code = rejection.Code.Name(),
            Message = rejection.Message,
            Field = rejection.Field ?? "",
            RetryAfterMs = (long)Math.Ceiling(rejection.RetryAfter?.TotalMilliseconds ?? 0),
        },
    };
}
