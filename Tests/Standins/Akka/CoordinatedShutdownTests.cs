using Akka;
using Akka.Actor;
using Akka.Configuration;

namespace WebChat.Tests.Standins.Akka;

public sealed class CoordinatedShutdownTests
{
    private static readonly string[] Documented =
    [
        CoordinatedShutdown.PhaseBeforeServiceUnbind,
        CoordinatedShutdown.PhaseServiceUnbind,
        CoordinatedShutdown.PhaseServiceRequestsDone,
        CoordinatedShutdown.PhaseServiceStop,
        CoordinatedShutdown.PhaseBeforeClusterShutdown,
        CoordinatedShutdown.PhaseClusterShardingShutdownRegion,
        CoordinatedShutdown.PhaseClusterLeave,
        CoordinatedShutdown.PhaseClusterExiting,
        CoordinatedShutdown.PhaseClusterExitingDone,
        CoordinatedShutdown.PhaseClusterShutdown,
        CoordinatedShutdown.PhaseBeforeActorSystemTerminate,
        CoordinatedShutdown.PhaseActorSystemTerminate,
    ];

    [Fact]
    public async Task Terminating_the_system_runs_all_phases_in_order_and_the_actors_stop_in_the_last()
    {
        var system = TestSystem.Create();
        var ran = new List<string>();
        foreach (var phase in Documented.Reverse().Skip(1)) Add(system, phase, ran);
        system.ActorOf(Acting.Of(a => a.Stopped = () => ran.Add("actors stopped")));

        await system.Terminate().WaitAsync(Ear.Patience);

        Assert.Equal([.. Documented.SkipLast(1), "actors stopped"], ran);
        Assert.IsType<CoordinatedShutdown.ActorSystemTerminateReason>(CoordinatedShutdown.Get(system).ShutdownReason);
    }

    [Fact]
    public async Task It_runs_once_for_the_first_reason()
    {
        var system = TestSystem.Create();
        var shutdown = CoordinatedShutdown.Get(system);
        Assert.Null(shutdown.ShutdownReason);
        var count = 0;
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "count", () =>
        {
            Interlocked.Increment(ref count);
            return Task.FromResult(Done.Instance);
        });
        await Task.WhenAll(
            shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance),
            shutdown.Run(CoordinatedShutdown.UnknownReason.Instance)).WaitAsync(Ear.Patience);
        Assert.Equal(1, count);
        Assert.Same(CoordinatedShutdown.ClrExitReason.Instance, shutdown.ShutdownReason);
        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task The_next_phase_waits_for_all_tasks_of_the_one_before()
    {
        var system = TestSystem.Create("akka.coordinated-shutdown.default-phase-timeout = 60s");
        var shutdown = CoordinatedShutdown.Get(system);
        var ran = new List<string>();
        var gate = new TaskCompletionSource();
        var both = new CountdownEvent(2);
        foreach (var name in new[] { "one", "two" })
        {
            shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, name, async () =>
            {
                both.Signal();
                await gate.Task;
                lock (ran) ran.Add("earlier");
                return Done.Instance;
            });
        }

        Add(system, CoordinatedShutdown.PhaseServiceStop, ran, "later");
        var all = system.Terminate();
        Assert.True(both.Wait(Ear.Patience));
        gate.SetResult();
        await all.WaitAsync(Ear.Patience);
        Assert.Equal(["earlier", "earlier", "later"], ran);
    }

    [Fact]
    public async Task A_task_that_fails_or_takes_too_long_does_not_hold_the_others_up()
    {
        var system = TestSystem.Create("akka.coordinated-shutdown.phases.service-unbind.timeout = 10ms");
        var shutdown = CoordinatedShutdown.Get(system);
        var ran = new List<string>();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "hangs", () => new TaskCompletionSource<Done>().Task);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "fails", () => throw new InvalidOperationException());
        Add(system, CoordinatedShutdown.PhaseServiceStop, ran, "later");
        await system.Terminate().WaitAsync(Ear.Patience);
        Assert.Equal(["later"], ran);
    }

    [Fact]
    public async Task Where_a_phase_may_not_recover_a_failure_ends_it_all()
    {
        var system = TestSystem.Create("akka.coordinated-shutdown.phases.service-unbind.recover = off");
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "fails", () => Task.FromException<Done>(new InvalidOperationException("no way")));
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Ear.Patience));
        Assert.Contains("no way", failure.ToString());
        Assert.False(system.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task It_may_begin_at_a_later_phase()
    {
        var system = TestSystem.Create();
        var ran = new List<string>();
        Add(system, CoordinatedShutdown.PhaseServiceUnbind, ran);
        Add(system, CoordinatedShutdown.PhaseClusterLeave, ran);
        await CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.UnknownReason.Instance, CoordinatedShutdown.PhaseServiceStop).WaitAsync(Ear.Patience);
        Assert.Equal([CoordinatedShutdown.PhaseClusterLeave], ran);
    }

    [Fact]
    public async Task Phases_have_their_times_and_unknown_ones_are_refused()
    {
        var system = TestSystem.Create();
        var shutdown = CoordinatedShutdown.Get(system);
        Assert.Equal(TimeSpan.FromSeconds(5), shutdown.Timeout(CoordinatedShutdown.PhaseServiceUnbind));
        Assert.Equal(TimeSpan.FromSeconds(10), shutdown.Timeout(CoordinatedShutdown.PhaseActorSystemTerminate));
        Assert.Equal(TimeSpan.FromSeconds(10), shutdown.TotalTimeout);
        Add(system, CoordinatedShutdown.PhaseServiceUnbind, []);
        Assert.Equal(TimeSpan.FromSeconds(15), shutdown.TotalTimeout);
        Assert.Throws<ArgumentException>(() => shutdown.Timeout("no-such-phase"));
        Assert.Throws<ConfigurationException>(() => shutdown.AddTask("no-such-phase", "x", () => Task.FromResult(Done.Instance)));
        await system.Terminate();
    }

    private static void Add(ActorSystem system, string phase, List<string> ran, string? name = null) =>
        CoordinatedShutdown.Get(system).AddTask(phase, "record", () =>
        {
            lock (ran) ran.Add(name ?? phase);
            return Task.FromResult(Done.Instance);
        });
}
