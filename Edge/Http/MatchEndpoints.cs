using WebChat.Edge.Services;
using WebChat.V1;

namespace WebChat.Edge.Http;

/// <summary><c>MatchService</c> as JSON.</summary>
internal static class MatchEndpoints
{
    public static void MapMatch(this IEndpointRouteBuilder v1)
    {
        v1.MapJson<MatchCalls>("POST", "/match:search", async (match, call) => await match.StartSearch(await call.Body<StartSearchRequest>(), call.Identity, call.Aborted));
        v1.MapJson<MatchCalls>("POST", "/match:cancel", async (match, call) => await match.CancelSearch(call.Identity, call.Aborted));
        v1.MapJson<MatchCalls>("GET", "/match", async (match, call) => await match.GetSearch(call.Identity, call.Aborted));
    }
}
