using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace WebChat.Edge.Hosting;

/// <summary>Takes the client's address and scheme from a reverse proxy, if it is a known one.</summary>
public static class Proxies
{
    /// <summary>Comes before whatever asks for the client's address.</summary>
    public static IApplicationBuilder UseProxies(this IApplicationBuilder app)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in app.ApplicationServices.GetRequiredService<IOptions<ProxyOptions>>().Value.Networks)
            options.KnownIPNetworks.Add(network);
        // With no proxy at all the middleware would believe every peer.
        return options.KnownIPNetworks.Count == 0 ? app : app.UseForwardedHeaders(options);
    }
}
