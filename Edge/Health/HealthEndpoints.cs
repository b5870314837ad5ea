namespace WebChat.Edge.Health;

/// <summary>What an operator's machinery asks: <c>/healthz</c>, whether the process lives; <c>/readyz</c>, whether it can serve.</summary>
public static class HealthEndpoints
{
    /// <summary>Maps both.</summary>
    public static IEndpointRouteBuilder MapWebChatHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/healthz", new() { Predicate = _ => false });
        app.MapHealthChecks("/readyz");
        return app;
    }
}
