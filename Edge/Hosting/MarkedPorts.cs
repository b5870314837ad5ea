using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace WebChat.Edge.Hosting;

/// <summary>Ports that serve something of their own.</summary>
internal static class MarkedPorts
{
    /// <summary>Gives the connections of an endpoint of <c>Kestrel:Endpoints</c> a feature by which requests are told apart.</summary>
    public static void MarkPort<TMark>(this KestrelServerOptions options, string endpoint, TMark mark) =>
        options.ConfigurationLoader!.Endpoint(endpoint, settings => settings.ListenOptions.Use(next => connection =>
        {
            connection.Features.Set(mark);
            return next(connection);
        }));
}
