using WebChat.Edge.Commands;
using WebChat.Edge.Health;
using WebChat.Edge.Hosting;
using WebChat.Edge.Http;
using WebChat.Edge.Services;
using WebChat.Edge.WebSockets;

return await new CommandLine(Build).RunAsync(args);

/// <summary>The program.</summary>
public partial class Program
{
    /// <summary>Puts the server together.</summary>
    /// <param name="settings">Settings of the configuration, each written as <c>--KEY=VALUE</c>.</param>
    /// <param name="configure">What a command changes.</param>
    public static WebApplication Build(string[] settings, Action<WebApplicationBuilder>? configure = null)
    {
        // The settings and the page lie beside the program, whatever directory it is started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        builder.AddWebChat();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseProxies();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseGrpcPort();
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
        return app;
    }
}
