using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using WebChat.Actors.Hosting;
using WebChat.Actors.Matching;
using WebChat.Actors.Users;
using WebChat.Edge.Limits;
using WebChat.Edge.Sessions;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>Searches for a partner.</summary>
[Authorize]
[EnableRateLimiting(RateLimits.Writes)]
public sealed class MatchService(Region<UserRegion> users, Region<MatcherRegion> matcher, SessionGate gate)
    : V1.MatchService.MatchServiceBase
{
    public override async Task<SearchState> StartSearch(StartSearchRequest request, ServerCallContext context)
    {
        var command = new UserCommands.StartSearch(context.User(), Fields.Mode(request.Mode));
        gate.RefuseIfClosed();
        return (await users.Ask<MatcherReplies.SearchIs>(command, context.CancellationToken)).State;
    }

    public override async Task<SearchState> CancelSearch(CancelSearchRequest request, ServerCallContext context) =>
        (await matcher.Ask<MatcherReplies.SearchIs>(new MatcherCommands.Withdraw(context.User(), Withdrawn.Types.Reason.Cancelled), context.CancellationToken)).State;

    [EnableRateLimiting(RateLimits.Reads)]
    public override async Task<SearchState> GetSearch(GetSearchRequest request, ServerCallContext context) =>
        (await users.Ask<MatcherReplies.SearchIs>(new UserQueries.GetSearch(context.User()), context.CancellationToken)).State;
}
