using Grpc.Core;
using WebChat.Edge.Services;
using WebChat.V1;

namespace WebChat.Edge.Grpc;

/// <summary><c>MatchService</c> over gRPC.</summary>
public sealed class MatchGrpc(MatchCalls calls) : MatchService.MatchServiceBase
{
    /// <inheritdoc/>
    public override Task<SearchState> StartSearch(StartSearchRequest request, ServerCallContext context) => calls.StartSearch(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<SearchState> CancelSearch(CancelSearchRequest request, ServerCallContext context) => calls.CancelSearch(context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<SearchState> GetSearch(GetSearchRequest request, ServerCallContext context) => calls.GetSearch(context.Identity(), context.CancellationToken);
}
