using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using WebChat.Actors.Users.Pictures;
using WebChat.Edge.Limits;
using WebChat.Edge.Services;

namespace WebChat.Edge.Http;

/// <summary>Pictures: uploaded as they are, and given out as files that a browser does nothing with but show them.</summary>
internal static class PictureEndpoints
{
    public static void MapPictures(this IEndpointRouteBuilder v1)
    {
        v1.MapCall<PictureCalls>("PUT", "/profile/avatar", async (pictures, context) =>
        {
            var call = new JsonCall(context);
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
                limit.MaxRequestBodySize = SizeLimits.PictureRequest;
            using var image = new MemoryStream();
            await context.Request.Body.CopyToAsync(image, context.RequestAborted);
            await call.Answer(await pictures.Set(image.ToArray(), call.Identity, call.Aborted));
        });
        v1.MapJson<PictureCalls>("DELETE", "/profile/avatar", async (pictures, call) => await pictures.Delete(call.Identity, call.Aborted));
        v1.MapPicture("/profile/avatar", (pictures, call, preview) => pictures.Get(new() { Preview = preview }, call.Identity, call.Aborted));
        v1.MapPicture("/rooms/{room}/members/{member}/avatar", (pictures, call, preview) => pictures.GetOfMember(
            new() { RoomId = call.Route("room"), MemberId = call.Route("member"), Preview = preview }, call.Identity, call.Aborted));
    }

    /// <summary>Maps the picture to the path, and its preview to <c>/preview</c> below it.</summary>
    private static void MapPicture(this IEndpointRouteBuilder v1, string path, Func<PictureCalls, JsonCall, bool, Task<byte[]>> get)
    {
        v1.MapCall<PictureCalls>("GET", path, async (pictures, context) => await Answer(context, await get(pictures, new(context), false)));
        v1.MapCall<PictureCalls>("GET", $"{path}/preview", async (pictures, context) => await Answer(context, await get(pictures, new(context), true)));
    }

    private static Task Answer(HttpContext context, byte[] picture)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Who may see it today may not tomorrow: a browser may keep it, but asks each time whether it still may show it.
        headers.CacheControl = "private, no-cache";
        headers.Vary = HeaderNames.Authorization;
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(picture))}\"");
        return TypedResults.Bytes(picture, ProfilePicture.MediaType, "avatar.webp", entityTag: tag).ExecuteAsync(context);
    }
}
