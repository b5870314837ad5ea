using System.IO.Compression;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Actors.Options;
using WebChat.Edge.Auth;
using WebChat.Edge.Errors;
using WebChat.Edge.Health;
using WebChat.Edge.Http;
using WebChat.Edge.Limits;
using WebChat.Edge.Services;
using WebChat.Edge.Sessions;
using WebChat.Edge.Telemetry;
using WebChat.Edge.WebSockets;
using SessionOptions = WebChat.Actors.Options.SessionOptions;

namespace WebChat.Edge.Hosting;

/// <summary>Builds the server.</summary>
public static class WebChatEdge
{
    /// <summary>Adds the actors, and everything between them and the clients.</summary>
    public static WebApplicationBuilder AddWebChat(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.MarkGrpcPort();
            options.MarkMetricsPort();
        });
        // gRPC logs what clients do wrong as errors. Failures logs what the server does wrong.
        builder.Logging.AddFilter("Grpc.AspNetCore", LogLevel.Critical);
        var services = builder.Services;
        services.AddSingleton<Failures>();
        services.AddWebChatActors(builder.Configuration);
        builder.AddTelemetry();
        services.AddWebChatOptions<ProxyOptions>(builder.Configuration, "WebChat");
        services.AddProblemDetails();
        services.AddExceptionHandler<ProblemHandler>();
        // Compressing secrets is safe here: there is no cookie, so another site's page cannot make a browser request them (BREACH).
        services.AddResponseCompression(options => options.EnableForHttps = true);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        services.AddSingleton(typeof(Region<>));
        services.AddHostedService<ReadBans>();
        services.AddAuth();
        services.AddRateLimiter();
        services.AddSingleton<IConfigureOptions<RateLimiterOptions>, RateLimits>();
        services.AddWebChatServices();
        services.AddApiDocument();
        services.AddSessions(builder.Configuration);
        services.AddGrpcHealthChecks()
            .AddCheck<ActorsHealthCheck>("actors").AddCheck<DatabaseHealthCheck>("database").AddCheck<GateHealthCheck>("gate");
        // Draining takes at most 5 seconds. Kestrel and the actors share the rest. A node hands its entities over to others.
        services.AddOptions<HostOptions>().Configure<IOptions<ClusterOptions>>((options, cluster) =>
            options.ShutdownTimeout = TimeSpan.FromSeconds(cluster.Value.IsOn ? 60 : 9));
        return builder;
    }

    private static void AddAuth(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<AuthOptions>, HashCostCheck>();
        services.AddSingleton<SigningKey>();
        services.AddSingleton<AccessTokens>();
        services.AddHostedService<LoadSigningKey>();
        services.AddSingleton<PasswordHasher>();
        services.AddSingleton<FailedLogins>();
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, BearerAuthentication>();
        // AddAuthentication would create data-protection keys, which nothing here needs.
        services.AddAuthenticationCore(options => options.DefaultScheme = JwtBearerDefaults.AuthenticationScheme);
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<JwtBearerOptions, JwtBearerHandler>(JwtBearerDefaults.AuthenticationScheme, configureOptions: null);
        services.AddAuthorization();
    }

    private static void AddSessions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddWebChatOptions<OriginOptions>(configuration, "WebChat");
        services.AddSingleton<OriginCheck>();
        services.AddSingleton<SessionGate>();
        services.AddHostedService<DrainSessions>();
        // A vanished peer is noticed within two heartbeats.
        services.AddOptions<WebSocketOptions>().Configure<IOptions<SessionOptions>>((options, sessions) =>
            options.KeepAliveInterval = options.KeepAliveTimeout = sessions.Value.Heartbeat);
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<SessionOptions>>((options, sessions) =>
            options.Limits.Http2.KeepAlivePingDelay = options.Limits.Http2.KeepAlivePingTimeout = sessions.Value.Heartbeat);
    }
}
