using Google.Protobuf.WellKnownTypes;
using WebChat.Edge.Services;
using WebChat.V1;

namespace WebChat.Edge.Http;

/// <summary><c>UserService</c> as JSON.</summary>
internal static class UserEndpoints
{
    public static void MapUser(this IEndpointRouteBuilder v1)
    {
        v1.MapJson<UserCalls>("GET", "/profile", async (users, call) => await users.GetProfile(call.Identity, call.Aborted));
        v1.MapJson<UserCalls>("PATCH", "/profile", async (users, call) => await users.UpdateProfile(await ReadUpdate(call), call.Identity, call.Aborted));
        v1.MapJson<UserCalls>("POST", "/blocks", async (users, call) => await users.Block(await call.Body<BlockRequest>(), call.Identity, call.Aborted));
        v1.MapJson<ReportCalls>("POST", "/reports", async (reports, call) => await reports.Report(await call.Body<ReportRequest>(), call.Identity, call.Aborted));
        v1.MapJson<UserCalls>("GET", "/blocks", async (users, call) => await users.ListBlocks(call.Identity, call.Aborted));
        v1.MapJson<UserCalls>("DELETE", "/blocks/{block}", async (users, call) => await users.Unblock(new() { BlockId = call.Route("block") }, call.Identity, call.Aborted));
        v1.MapCall<ExportCalls>("GET", "/export", Export);
    }

    private static async Task Export(ExportCalls exports, HttpContext context)
    {
        var (call, response) = (new JsonCall(context), context.Response);
        await foreach (var piece in exports.Read(call.Identity, call.Aborted))
        {
            if (!response.HasStarted)
            {
                response.ContentType = "application/json";
                response.Headers.ContentDisposition = "attachment; filename=\"webchat.json\"";
                response.Headers.CacheControl = "no-store";
            }

            await response.Body.WriteAsync(piece, call.Aborted);
        }
    }

    /// <summary>The body is the profile. JSON shows which fields are present even if they are empty, so no mask is needed to empty one.</summary>
    private static async Task<UpdateProfileRequest> ReadUpdate(JsonCall call)
    {
        var (profile, present) = await call.BodyWithFields<Profile>();
        var paths = call.Query("update_mask")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? present;
        return new() { Profile = profile, UpdateMask = new FieldMask { Paths = { paths } } };
    }
}
