using Grpc.Core;
using WebChat.Actors.Connections;

namespace WebChat.Edge.Sessions;

/// <summary>How a <see cref="CloseCode"/> is said: in words with a WebSocket's close frame, as status of a gRPC stream.</summary>
/// <param name="Words">For the developer of a client.</param>
/// <param name="Grpc">The status that the stream ends with.</param>
public readonly record struct CloseReason(string Words, StatusCode Grpc)
{
    /// <summary>The row of a code.</summary>
    public static CloseReason Of(CloseCode code) => code switch
    {
        CloseCode.Normal => new("bye", StatusCode.OK),
        CloseCode.GoingAway => new("server going away", StatusCode.Unavailable),
        CloseCode.TooLarge => new("frame over 64 KiB", StatusCode.ResourceExhausted),
        CloseCode.Internal => new("internal error", StatusCode.Unavailable),
        CloseCode.Unreadable => new("unreadable frame", StatusCode.InvalidArgument),
        CloseCode.Unauthenticated => new("no or bad token", StatusCode.Unauthenticated),
        CloseCode.Banned => new("banned", StatusCode.PermissionDenied),
        CloseCode.TooSlow => new("reader too slow", StatusCode.Unavailable),
        CloseCode.Replaced => new("session resumed on another connection", StatusCode.Aborted),
        CloseCode.Flooding => new("flooding", StatusCode.ResourceExhausted),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, null),
    };
}
