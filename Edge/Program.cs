using WebChat.Edge.Commands;
using WebChat.Edge.Health;
using WebChat.Edge.Hosting;
using WebChat.Edge.Http;
using WebChat.Edge.Services;
using WebChat.Edge.Telemetry;
using WebChat.Edge.WebSockets;

return await new CommandLine(Build).RunAsync(args);

/// <summary>The program.</summary>
public partial class Program
{
    /// <summary>Builds the server.</summary>
    /// <param name="settings">Settings of the configuration in the form <c>--KEY=VALUE</c>.</param>
    /// <param name="configure">A command's changes.</param>
    public static WebApplication Build(string[] settings, Action<WebApplicationBuilder>? configure = null)
    {
        // The settings and the page are beside the program, whatever the current directory is.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        builder.AddWebChat();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseProxies();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseGrpcPort();
        app.UseMetricsPort();
        app.UseResponseCompression();
        app.UseWebChatPages();
        app.UseRoutingErrors();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseWebSockets();
        app.MapWebChatServices();
        app.MapApiDocument();
        app.MapWebChatSockets();
        app.MapWebChatHealth();
        app.MapMetrics();
        return app;
    }
}
