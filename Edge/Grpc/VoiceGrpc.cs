using Grpc.Core;
using WebChat.Edge.Services;
using WebChat.V1;

namespace WebChat.Edge.Grpc;

/// <summary><c>VoiceService</c> over gRPC.</summary>
public sealed class VoiceGrpc(VoiceCalls calls) : VoiceService.VoiceServiceBase
{
    /// <inheritdoc/>
    public override Task<IceServers> GetIceServers(GetIceServersRequest request, ServerCallContext context) => calls.GetIceServers();
}
