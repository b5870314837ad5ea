using Google.Protobuf;
using Microsoft.Net.Http.Headers;
using WebChat.Actors.Accounts;
using WebChat.Edge.Auth;
using WebChat.Edge.Limits;
using WebChat.Edge.Services;

namespace WebChat.Edge.Http;

/// <summary>Pictures: uploaded as a form, and given out as files that a browser does nothing with but show them.</summary>
internal static class AvatarEndpoints
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);

    public static void MapAvatars(this IEndpointRouteBuilder app)
    {
        var v1 = app.MapGroup("/v1").RequireAuthorization().RequireRateLimiting(RateLimits.Reads);
        v1.MapCall<AvatarCalls>("PUT", "/profile/avatar", async (avatars, context) =>
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.WriteAsync(Formatter.Format(await avatars.Set(await AvatarForm.Read(context), Caller(context), context.RequestAborted)));
        });
        v1.MapPicture("/profile/avatar", (avatars, context, preview) => avatars.Get(new() { Preview = preview }, Caller(context), context.RequestAborted));
        v1.MapPicture("/rooms/{room}/members/{member}/avatar", (avatars, context, preview) => avatars.GetOfMember(
            new() { RoomId = (string)context.GetRouteValue("room")!, MemberId = (string)context.GetRouteValue("member")!, Preview = preview }, Caller(context), context.RequestAborted));
    }

    /// <summary>Maps the picture to the path, and its preview to <c>/preview</c> below it.</summary>
    private static void MapPicture(this IEndpointRouteBuilder v1, string path, Func<AvatarCalls, HttpContext, bool, Task<StoredPicture>> get)
    {
        v1.MapCall<AvatarCalls>("GET", path, async (avatars, context) => await Answer(context, await get(avatars, context, false)));
        v1.MapCall<AvatarCalls>("GET", $"{path}/preview", async (avatars, context) => await Answer(context, await get(avatars, context, true)));
    }

    private static Identity Caller(HttpContext context) => context.User.ToIdentity()!.Value;

    private static Task Answer(HttpContext context, StoredPicture picture)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Who may see it today may not tomorrow: a browser may keep it, but asks each time whether it still may show it.
        headers.CacheControl = "private, no-cache";
        headers.Vary = HeaderNames.Authorization;
        var name = "avatar." + picture.MediaType["image/".Length..];
        return TypedResults.Stream(picture.Content, picture.MediaType, name, entityTag: new($"\"{picture.Tag}\"")).ExecuteAsync(context);
    }
}
