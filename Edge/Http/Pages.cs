using Microsoft.Net.Http.Headers;

namespace WebChat.Edge.Http;

/// <summary>The browser page: static files, and the headers that keep a page safe.</summary>
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
            // No file's name changes with its content, so a browser asks each time, and mostly hears by ETag that it has the newest.
            OnPrepareResponse = file => file.Context.Response.Headers[HeaderNames.CacheControl] = "no-cache",
        });
}
