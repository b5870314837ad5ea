using Microsoft.Net.Http.Headers;
using WebChat.Edge.Services;

namespace WebChat.Edge.Http;

/// <summary>Pictures: uploaded as a form, and given out as files that a browser does nothing with but show them.</summary>
internal static class AvatarEndpoints
{
    public static void MapAvatars(this IEndpointRouteBuilder v1)
    {
        v1.MapCall<AvatarCalls>("PUT", "/profile/avatar", async (avatars, context) =>
        {
            var call = new JsonCall(context);
            await call.Answer(await avatars.Set(await AvatarForm.Read(context), call.Identity, call.Aborted));
        });
        v1.MapJson<AvatarCalls>("DELETE", "/profile/avatar", async (avatars, call) => await avatars.Delete(call.Identity, call.Aborted));
        v1.MapPicture("/profile/avatar", (avatars, call, preview) => avatars.Get(new() { Preview = preview }, call.Identity, call.Aborted));
        v1.MapPicture("/rooms/{room}/members/{member}/avatar", (avatars, call, preview) => avatars.GetOfMember(
            new() { RoomId = call.Route("room"), MemberId = call.Route("member"), Preview = preview }, call.Identity, call.Aborted));
    }

    /// <summary>Maps the picture to the path, and its preview to <c>/preview</c> below it.</summary>
    private static void MapPicture(this IEndpointRouteBuilder v1, string path, Func<AvatarCalls, JsonCall, bool, Task<StoredPicture>> get)
    {
        v1.MapCall<AvatarCalls>("GET", path, async (avatars, context) => await Answer(context, await get(avatars, new(context), false)));
        v1.MapCall<AvatarCalls>("GET", $"{path}/preview", async (avatars, context) => await Answer(context, await get(avatars, new(context), true)));
    }

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
