using Microsoft.Net.Http.Headers;

namespace WebChat.Edge.Http;

/// <summary>The web page: static files, and the headers that protect it.</summary>
public static class Pages
{
    internal const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Serves <c>wwwroot</c>.</summary>
    public static IApplicationBuilder UseWebChatPages(this IApplicationBuilder app) => app
        .Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            return next(context);
        })
        .UseDefaultFiles()
        .UseStaticFiles(new StaticFileOptions
        {
            // Only the names of bundled files change with the content. For others a browser asks each time, and usually learns by ETag that its copy is current.
            OnPrepareResponse = file => file.Context.Response.Headers[HeaderNames.CacheControl] =
                file.Context.Request.Path.StartsWithSegments("/static") ? "public, max-age=31536000, immutable" : "no-cache",
        });
}
