using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace WebChat.Edge.Hosting;

/// <summary>Takes the client's address and scheme from a reverse proxy, if the proxy is known.</summary>
public static class Proxies
{
    /// <summary>Must run before anything that reads the client's address.</summary>
    public static IApplicationBuilder UseProxies(this IApplicationBuilder app)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in app.ApplicationServices.GetRequiredService<IOptions<ProxyOptions>>().Value.Networks)
            options.KnownIPNetworks.Add(network);
        // Without any proxy the middleware would trust every peer.
        return options.KnownIPNetworks.Count == 0 ? app : app.UseForwardedHeaders(options);
    }
}
