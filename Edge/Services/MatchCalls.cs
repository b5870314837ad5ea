using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Actors.Matching;
using WebChat.Actors.Users;
using WebChat.Edge.Sockets;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>What <c>MatchService</c> does, whatever the transport.</summary>
public sealed class MatchCalls(Region<UserRegion> users, Region<MatcherRegion> matcher, SocketGate gate)
{
    public async Task<SearchState> StartSearch(StartSearchRequest request, Identity who, CancellationToken cancellation)
    {
        var command = new UserCommands.StartSearch(who.User, Fields.Mode(request.Mode));
        gate.RefuseIfClosed();
        return (await users.Ask<MatcherReplies.SearchIs>(command, cancellation)).State;
    }

    public async Task<SearchState> CancelSearch(Identity who, CancellationToken cancellation) =>
        (await matcher.Ask<MatcherReplies.SearchIs>(new MatcherCommands.Withdraw(who.User, Withdrawn.Types.Reason.Cancelled), cancellation)).State;

    public async Task<SearchState> GetSearch(Identity who, CancellationToken cancellation) =>
        (await users.Ask<MatcherReplies.SearchIs>(new UserQueries.GetSearch(who.User), cancellation)).State;
}
