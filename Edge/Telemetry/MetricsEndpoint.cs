using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using WebChat.Edge.Hosting;

namespace WebChat.Edge.Telemetry;

/// <summary>
/// Serves <c>/metrics</c>, if metrics are enabled. If there is an endpoint <c>Kestrel:Endpoints:Metrics</c>, it serves <c>/metrics</c>
/// and nothing else, and the other endpoints do not serve it.
/// </summary>
public static class MetricsEndpoint
{
    private const string Port = "Metrics";
    private static readonly Marker OnMetricsPort = new();

    /// <summary>Marks the connections of the metrics endpoint.</summary>
    public static void MarkMetricsPort(this KestrelServerOptions options) => options.MarkPort(Port, OnMetricsPort);

    /// <summary>Answers 404 to a request on the wrong port.</summary>
    public static void UseMetricsPort(this WebApplication app)
    {
        if (!app.Configuration.GetSection($"Kestrel:Endpoints:{Port}").Exists())
            return;
        app.Use((context, next) =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<Marker>() == context.Features.Get<Marker>())
                return next(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    /// <summary>Maps <c>/metrics</c>.</summary>
    public static void MapMetrics(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<MetricsOptions>>().Value.Enabled)
            app.MapPrometheusScrapingEndpoint().WithMetadata(OnMetricsPort);
    }

    private sealed class Marker;
}
