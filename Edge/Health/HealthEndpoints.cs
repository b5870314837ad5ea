using Microsoft.Extensions.Diagnostics.HealthChecks;
using WebChat.Actors.Hosting;

namespace WebChat.Edge.Health;

/// <summary>The health probes: <c>/healthz</c> fails when the actor system has stopped, <c>/readyz</c> while the server cannot serve.</summary>
public static class HealthEndpoints
{
    public static IEndpointRouteBuilder MapWebChatHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/healthz", new() { Predicate = check => check.Tags.Contains(WebChatActors.LivenessTag) });
        app.MapHealthChecks("/readyz", new() { Predicate = check => !check.Tags.Contains(WebChatActors.LivenessTag), ResponseWriter = Describe });
        return app;
    }

    private static Task Describe(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain";
        var findings = report.Entries.Values.Select(entry => entry.Description).OfType<string>();
        return context.Response.WriteAsync(string.Join(Environment.NewLine, findings.Prepend(report.Status.ToString())));
    }
}
