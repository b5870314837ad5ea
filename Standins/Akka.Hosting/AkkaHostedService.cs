using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Akka.Hosting;

/// <summary>
/// Ties the life of the actor system to that of the host: it starts with it, and is shut down in phases when the host stops. If it cannot be
/// started, or ends by itself, the host stops.
/// </summary>
public class AkkaHostedService : IHostedService
{
    /// <summary>The system, once it has been created.</summary>
    protected ActorSystem? ActorSystem;

    /// <summary>The system's shutdown, once the system has been created.</summary>
    protected CoordinatedShutdown? CoordinatedShutdown;

    /// <summary>What the system is made of.</summary>
    protected readonly AkkaConfigurationBuilder ConfigurationBuilder;

    /// <summary>The container.</summary>
    protected readonly IServiceProvider ServiceProvider;

    /// <summary>Logs what happens to the system.</summary>
    protected readonly ILogger<AkkaHostedService> Logger;

    /// <summary>The host.</summary>
    protected readonly IHostApplicationLifetime HostApplicationLifetime;

    /// <summary>Made by the container.</summary>
    public AkkaHostedService(AkkaConfigurationBuilder configurationBuilder, IServiceProvider serviceProvider, ILogger<AkkaHostedService> logger, IHostApplicationLifetime applicationLifetime)
    {
        ConfigurationBuilder = configurationBuilder;
        ServiceProvider = serviceProvider;
        Logger = logger;
        HostApplicationLifetime = applicationLifetime;
    }

    /// <summary>Creates the system and starts what was asked for. A failure is logged and stops the host.</summary>
    public virtual async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            ActorSystem = ServiceProvider.GetRequiredService<ActorSystem>();
            CoordinatedShutdown = CoordinatedShutdown.Get(ActorSystem);
            await ConfigurationBuilder.StartAsync(ActorSystem).ConfigureAwait(false);
            _ = StopHostAfter(ActorSystem);
        }
        catch (Exception e)
        {
            Logger.LogCritical(e, "The actor system could not be started: the host stops");
            HostApplicationLifetime.StopApplication();
        }
    }

    /// <summary>Runs the system's coordinated shutdown, and returns when it is through or <paramref name="cancellationToken"/> says that the time is over.</summary>
    public virtual async Task StopAsync(CancellationToken cancellationToken)
    {
        if (CoordinatedShutdown is null) return;
        await CoordinatedShutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task StopHostAfter(ActorSystem system)
    {
        await system.WhenTerminated.ConfigureAwait(false);
        HostApplicationLifetime.StopApplication();
    }
}
