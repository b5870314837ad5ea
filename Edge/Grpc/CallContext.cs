using System.Net;
using Grpc.Core;
using WebChat.Actors.Accounts;
using WebChat.Edge.Auth;

namespace WebChat.Edge.Grpc;

/// <summary>What the services want to know of a call.</summary>
internal static class CallContext
{
    /// <summary>Who calls.</summary>
    public static Identity Identity(this ServerCallContext context) =>
        context.GetHttpContext().User.ToIdentity() ?? throw new InvalidOperationException("The service does not ask for authentication.");

    /// <summary>What the client says of itself.</summary>
    public static string? Client(this ServerCallContext context) => context.GetHttpContext().Request.Headers.UserAgent;

    /// <summary>Where the call comes from.</summary>
    public static IPAddress? Address(this ServerCallContext context) => context.GetHttpContext().Connection.RemoteIpAddress;
}
