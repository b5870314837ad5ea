using System.Net;
using Grpc.Core;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Edge.Auth;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Grpc;

/// <summary>What the services want to know of a call.</summary>
internal static class CallContext
{
    /// <summary>Who calls.</summary>
    public static Identity Identity(this ServerCallContext context) =>
        context.GetHttpContext().User.ToIdentity() ?? throw new InvalidOperationException("The service does not ask for authentication.");

    /// <summary>Who calls, where a service does not ask for authentication but a method of it does.</summary>
    /// <exception cref="RejectedException">Nobody who is known.</exception>
    public static Identity SignedIn(this ServerCallContext context) =>
        context.GetHttpContext().User.ToIdentity() ?? throw new RejectedException(new(ErrorCode.Unauthenticated, "A good access token is needed."));

    /// <summary>What the client says of itself.</summary>
    public static string? Client(this ServerCallContext context) => context.GetHttpContext().Request.Headers.UserAgent;

    /// <summary>Where the call comes from.</summary>
    public static IPAddress? Address(this ServerCallContext context) => context.GetHttpContext().Connection.RemoteIpAddress;
}
