using Grpc.Core;
using WebChat.Edge.Services;
using WebChat.V1;

namespace WebChat.Edge.Grpc;

/// <summary><c>UserService</c> over gRPC.</summary>
public sealed class UserGrpc(UserCalls calls) : UserService.UserServiceBase
{
    /// <inheritdoc/>
    public override Task<Profile> GetProfile(GetProfileRequest request, ServerCallContext context) => calls.GetProfile(context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Profile> UpdateProfile(UpdateProfileRequest request, ServerCallContext context) => calls.UpdateProfile(request, context.Identity(), context.CancellationToken);
}
