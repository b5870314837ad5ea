using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WebChat.Edge.Health;

/// <summary>What an operator's machinery asks: <c>/healthz</c>, whether the process lives; <c>/readyz</c>, whether it can serve.</summary>
public static class HealthEndpoints
{
    /// <summary>Maps both.</summary>
    public static IEndpointRouteBuilder MapWebChatHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/healthz", new() { Predicate = _ => false });
        app.MapHealthChecks("/readyz", new() { ResponseWriter = Describe });
        return app;
    }

    private static Task Describe(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain";
        var findings = report.Entries.Values.Select(entry => entry.Description).OfType<string>();
        return context.Response.WriteAsync(string.Join(Environment.NewLine, findings.Prepend(report.Status.ToString())));
    }
}
