using Grpc.Core;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Users;
using WebChat.Edge.Auth;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Services;

/// <summary>The caller of a request.</summary>
internal static class CallContext
{
    /// <summary>The caller of a method that requires authentication.</summary>
    public static Identity Identity(this ServerCallContext context) =>
        context.GetHttpContext().User.ToIdentity() ?? throw new InvalidOperationException($"{context.Method} does not require authentication.");

    public static UserId User(this ServerCallContext context) => context.Identity().User;

    /// <summary>The caller of a method for admins.</summary>
    /// <exception cref="RejectedException">The caller is not an admin.</exception>
    public static UserId Admin(this ServerCallContext context) =>
        context.Identity() is { IsAdmin: true, User: var admin } ? admin : throw new RejectedException(new(ErrorCode.PermissionDenied, "This method is for admins."));
}
