using Grpc.Core;
using WebChat.Edge.Services;
using WebChat.V1;

namespace WebChat.Edge.Grpc;

/// <summary><c>AuthService</c> over gRPC.</summary>
public sealed class AuthGrpc(AuthCalls calls) : AuthService.AuthServiceBase
{
    /// <inheritdoc/>
    public override Task<Credentials> SignUp(SignUpRequest request, ServerCallContext context) => calls.SignUp(request, context.Address(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Credentials> LogIn(LogInRequest request, ServerCallContext context) => calls.LogIn(request, context.Address(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Credentials> Refresh(RefreshRequest request, ServerCallContext context) => calls.Refresh(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<LogOutResponse> LogOut(LogOutRequest request, ServerCallContext context) => calls.LogOut(request, context.CancellationToken);
}
