using System.Net;

namespace WebChat.Edge.Commands;

/// <summary>The addresses of <c>Kestrel:Endpoints</c>, where <c>*</c> stands for all addresses of the machine.</summary>
public static class EndpointUrl
{
    /// <summary>The endpoints by name.</summary>
    public static IEnumerable<(string Name, Uri Url)> All(IConfiguration configuration) =>
        from endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren()
        select (endpoint.Key, new Uri((endpoint["Url"] ?? "").Replace("//*", $"//{IPAddress.Any}", StringComparison.Ordinal).Replace("//+", $"//{IPAddress.Any}", StringComparison.Ordinal)));

    /// <summary>The address to reach an endpoint of this machine at.</summary>
    public static Uri Local(Uri url) => url.Host is "0.0.0.0" or "[::]" ? new UriBuilder(url) { Host = "localhost" }.Uri : url;
}
