using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using WebChat.Edge.Services;
using WebChat.V1;

namespace WebChat.Edge.Grpc;

/// <summary><c>AuthService</c> over gRPC.</summary>
public sealed class AuthGrpc(AuthCalls calls) : AuthService.AuthServiceBase
{
    /// <inheritdoc/>
    public override Task<Credentials> SignUp(SignUpRequest request, ServerCallContext context) => calls.SignUp(request, context.Address(), context.Client(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Credentials> LogIn(LogInRequest request, ServerCallContext context) => calls.LogIn(request, context.Address(), context.Client(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Credentials> Refresh(RefreshRequest request, ServerCallContext context) => calls.Refresh(request, context.Client(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<LogOutResponse> LogOut(LogOutRequest request, ServerCallContext context) => calls.LogOut(request, context.CancellationToken);

    /// <inheritdoc/>
    [Authorize]
    public override Task<Credentials> ChangePassword(ChangePasswordRequest request, ServerCallContext context) =>
        calls.ChangePassword(request, context.Identity(), context.Address(), context.Client(), context.CancellationToken);

    /// <inheritdoc/>
    [Authorize]
    public override Task<ListSessionsResponse> ListSessions(ListSessionsRequest request, ServerCallContext context) => calls.ListSessions(context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    [Authorize]
    public override Task<RevokeSessionResponse> RevokeSession(RevokeSessionRequest request, ServerCallContext context) =>
        calls.RevokeSession(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    [Authorize]
    public override Task<DeleteAccountResponse> DeleteAccount(DeleteAccountRequest request, ServerCallContext context) =>
        calls.DeleteAccount(request, context.Identity(), context.Address(), context.CancellationToken);
}
