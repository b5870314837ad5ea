using System.Reflection;
using Npgsql;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using WebChat.Actors.Hosting;
using WebChat.Actors.Telemetry;

namespace WebChat.Edge.Telemetry;

/// <summary>Exports metrics to Prometheus, and metrics, traces and logs by OTLP, as the configuration says. Nothing is measured otherwise.</summary>
public static class TelemetrySetup
{
    /// <summary>Adds the exporters.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddWebChatOptions<MetricsOptions>(builder.Configuration, "WebChat:Metrics");
        builder.Services.AddWebChatOptions<OtlpOptions>(builder.Configuration, "WebChat:Otlp");
        var metered = builder.Configuration.GetValue<bool>("WebChat:Metrics:Enabled");
        var collector = builder.Configuration["WebChat:Otlp:Endpoint"];
        var exports = !string.IsNullOrEmpty(collector);
        if (!metered && !exports)
            return;

        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(
            "webchat", serviceVersion: typeof(TelemetrySetup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion));
        if (metered)
        {
            // The exporter listens before the journal asks at its start whether it is measured.
            builder.Services.AddSingleton(provider =>
            {
                provider.GetRequiredService<MeterProvider>();
                return ActivatorUtilities.CreateInstance<ChatMetrics>(provider);
            });
            telemetry.WithMetrics(metrics =>
            {
                metrics.AddMeter(ChatMetrics.MeterName).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddNpgsqlInstrumentation().AddPrometheusExporter();
                if (exports)
                    metrics.AddOtlpExporter(Collect);
            });
        }

        if (!exports)
            return;
        var ratio = new TraceIdRatioBasedSampler(builder.Configuration.GetValue("WebChat:Otlp:TraceRatio", new OtlpOptions().TraceRatio));
        telemetry.WithTracing(traces => traces
            .AddSource(ChatTrace.SourceName)
            // The request of a WebSocket or stream lasts for hours; its messages have traces of their own.
            .AddAspNetCoreInstrumentation(options => options.Filter = context => !context.WebSockets.IsWebSocketRequest && !context.Request.Path.StartsWithSegments("/webchat.v1.ChatService"))
            .AddNpgsql()
            // A client must not decide on what is traced.
            .SetSampler(new ParentBasedSampler(ratio, remoteParentSampled: ratio, remoteParentNotSampled: ratio))
            .AddOtlpExporter(Collect));
        telemetry.WithLogging(logs => logs.AddOtlpExporter(Collect));

        // Run at the start, when the options are checked.
        void Collect(OtlpExporterOptions options) => options.Endpoint = new(collector!);
    }
}
