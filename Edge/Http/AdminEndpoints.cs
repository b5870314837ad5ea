using WebChat.Edge.Services;
using WebChat.V1;

namespace WebChat.Edge.Http;

/// <summary><c>AdminService</c> as JSON.</summary>
internal static class AdminEndpoints
{
    public static void MapAdmin(this IEndpointRouteBuilder v1)
    {
        v1.MapJson<AdminCalls>("GET", "/admin/counts", async (admin, call) => await admin.GetCounts(call.Identity, call.Aborted));
        v1.MapJson<AdminCalls>("GET", "/admin/reports", async (admin, call) => await admin.ListReports(
            new() { All = call.QueryBool("all"), PageSize = call.QueryInt32("page_size"), PageToken = call.Query("page_token") ?? "" }, call.Identity, call.Aborted));
        v1.MapJson<AdminCalls>("GET", "/admin/reports/{report}", async (admin, call) => await admin.GetReport(new() { ReportId = call.Route("report") }, call.Identity, call.Aborted));
        v1.MapJson<AdminCalls>("POST", "/admin/reports/{report}:dismiss", async (admin, call) => await admin.DismissReport(new() { ReportId = call.Route("report") }, call.Identity, call.Aborted));
        v1.MapJson<AdminCalls>("POST", "/admin/bans", async (admin, call) => await admin.Ban(await call.Body<BanRequest>(), call.Identity, call.Aborted));
        v1.MapJson<AdminCalls>("GET", "/admin/bans", async (admin, call) => await admin.ListBans(call.Identity, call.Aborted));
        v1.MapJson<AdminCalls>("DELETE", "/admin/bans/{user}", async (admin, call) => await admin.Unban(new() { UserId = call.Route("user") }, call.Identity, call.Aborted));
        v1.MapJson<AdminCalls>("POST", "/admin:drain", async (admin, call) => await admin.Drain(call.Identity, call.Aborted));
    }
}
