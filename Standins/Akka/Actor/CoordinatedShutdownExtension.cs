namespace Akka.Actor;

/// <summary>Makes a system's <see cref="CoordinatedShutdown"/>.</summary>
public sealed class CoordinatedShutdownExtension : ExtensionIdProvider<CoordinatedShutdown>
{
    /// <inheritdoc/>
    public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system)
    {
        var impl = (ActorSystemImpl)system;
        var config = system.Settings.Config.GetConfig("akka.coordinated-shutdown")!;
        var shutdown = new CoordinatedShutdown(impl, ShutdownPhase.Read(config));
        if (system.Settings.CoordinatedShutdownTerminateActorSystem) TerminateLast(impl, shutdown, config.GetBoolean("exit-clr"));
        if (config.GetBoolean("run-by-clr-shutdown-hook")) RunAtExit(impl, shutdown);
        return shutdown;
    }

    private static void TerminateLast(ActorSystemImpl system, CoordinatedShutdown shutdown, bool exit) =>
        shutdown.AddTask(CoordinatedShutdown.PhaseActorSystemTerminate, "terminate-system", async () =>
        {
            system.FinalTerminate();
            await system.WhenTerminated.ConfigureAwait(false);
            if (exit) Environment.Exit(0);
            return Done.Instance;
        });

    private static void RunAtExit(ActorSystemImpl system, CoordinatedShutdown shutdown)
    {
        AppDomain.CurrentDomain.ProcessExit += AtExit;
        system.RegisterOnTermination(() => AppDomain.CurrentDomain.ProcessExit -= AtExit);

        // A phase that failed has ended the shutdown; the process exits all the same.
        void AtExit(object? sender, EventArgs e) =>
            Task.WhenAny(shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance)).Wait(shutdown.TotalTimeout);
    }
}
