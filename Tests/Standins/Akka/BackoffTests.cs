using Akka.Actor;
using Akka.Event;
using Akka.Pattern;

namespace WebChat.Tests.Standins.Akka;

public sealed class BackoffTests : IAsyncLifetime
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly ActorSystem _system = TestSystem.Create();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public async Task On_stop_a_child_that_stops_is_made_anew()
    {
        var ear = new Ear(_system);
        var supervisor = _system.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(Child(ear), "child", Short, Short, 0.2).WithManualReset()));
        for (var i = 0; i < 4; i++)
        {
            await ear.Hears("made");
            await Running(supervisor, PoisonPill.Instance);
        }

        await ear.Hears("made");
        Assert.Equal(4, (await supervisor.Ask<BackoffSupervisor.RestartCount>(BackoffSupervisor.GetRestartCount.Instance, Ear.Patience)).Count);
        supervisor.Tell(BackoffSupervisor.Reset.Instance);
        Assert.Equal(0, (await supervisor.Ask<BackoffSupervisor.RestartCount>(BackoffSupervisor.GetRestartCount.Instance, Ear.Patience)).Count);
    }

    [Fact]
    public async Task On_failure_a_child_that_fails_is_made_anew_as_a_new_actor()
    {
        var ear = new Ear(_system);
        var supervisor = _system.ActorOf(BackoffSupervisor.Props(Backoff.OnFailure(Child(ear), "child", Short, Short, 0.0)));
        await ear.Hears("made");
        var first = await Current(supervisor);
        supervisor.Tell(new InvalidOperationException());
        await ear.Hears("made");
        Assert.NotEqual(first, await Current(supervisor));
    }

    [Fact]
    public async Task On_failure_a_child_that_stops_takes_its_supervisor_with_it()
    {
        var ear = new Ear(_system);
        var supervisor = _system.ActorOf(BackoffSupervisor.Props(Backoff.OnFailure(Child(ear), "child", Short, Short, 0.0)));
        await ear.Hears("made");
        var gone = Gone(supervisor);
        supervisor.Tell("stop");
        await gone;
    }

    [Fact]
    public async Task During_a_pause_messages_are_answered_or_go_to_the_dead_letters()
    {
        var ear = new Ear(_system);
        var dead = new Ear(_system);
        _system.EventStream.Subscribe<DeadLetter>(dead.Ref);
        var answering = _system.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(Child(ear), "child", Long, Long, 0).WithReplyWhileStopped("not now")));
        var silent = _system.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(Child(ear), "child", Long, Long, 0)));
        await ear.Hears("made", "made");
        await Paused(answering);
        await Paused(silent);
        Assert.Equal("not now", await answering.Ask<string>("hello?", Ear.Patience));
        silent.Tell("hello?");
        while ((await dead.Next<DeadLetter>()).Message is not "hello?")
        {
        }
    }

    [Fact]
    public async Task Messages_go_to_the_child_and_its_own_to_the_parent()
    {
        var ear = new Ear(_system);
        var parent = _system.ActorOf(Acting.Of(a =>
        {
            var supervisor = a.Here.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(
                Acting.Of(c => c.On<int>(n =>
                {
                    c.From.Tell(n + 1);
                    c.Here.Parent.Tell("from the child");
                })),
                "child",
                Short,
                Short,
                0)));
            a.On<int>(n => supervisor.Forward(n));
            a.On<string>(m => ear.Ref.Tell(m));
        }));
        Assert.Equal(2, await parent.Ask<int>(1, Ear.Patience));
        await ear.Hears("from the child");
    }

    [Fact]
    public async Task It_gives_up_after_as_many_lives_as_it_may_have()
    {
        var ear = new Ear(_system);
        var supervisor = _system.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(Child(ear), "child", Short, Short, 0, 1).WithManualReset()));
        await ear.Hears("made");
        await Running(supervisor, PoisonPill.Instance);
        await ear.Hears("made");
        var gone = Gone(supervisor);
        await Running(supervisor, PoisonPill.Instance);
        await gone;
    }

    [Fact]
    public async Task After_its_final_message_a_child_that_stops_is_not_made_anew()
    {
        var ear = new Ear(_system);
        var supervisor = _system.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(Child(ear), "child", Short, Short, 0).WithFinalStopMessage(m => m is "stop")));
        await ear.Hears("made");
        var gone = Gone(supervisor);
        supervisor.Tell("stop");
        await gone;
        await ear.HearsNoMore();
    }

    [Fact]
    public async Task A_child_that_lived_long_enough_begins_again_with_the_shortest_pause()
    {
        var ear = new Ear(_system);
        var supervisor = _system.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(Child(ear), "child", Short, Short, 0).WithAutoReset(Short)));
        await ear.Hears("made");
        await Running(supervisor, PoisonPill.Instance);
        await ear.Hears("made");
        while ((await supervisor.Ask<BackoffSupervisor.RestartCount>(BackoffSupervisor.GetRestartCount.Instance, Ear.Patience)).Count != 0) await Task.Yield();
    }

    [Fact]
    public void Times_that_make_no_sense_are_refused()
    {
        var props = Acting.Of(_ => { });
        Assert.ThrowsAny<ArgumentException>(() => BackoffSupervisor.Props(Backoff.OnStop(props, "x", TimeSpan.Zero, Short, 0)));
        Assert.ThrowsAny<ArgumentException>(() => BackoffSupervisor.Props(Backoff.OnStop(props, "x", Long, Short, 0)));
        Assert.ThrowsAny<ArgumentException>(() => BackoffSupervisor.Props(Backoff.OnFailure(props, "x", Short, Long, 1.5)));
    }

    private static Props Child(Ear ear) => Acting.Of(a =>
    {
        a.Started = () => ear.Ref.Tell("made");
        a.On<Exception>(e => throw e);
        a.On<string>(m =>
        {
            if (m == "stop") a.Here.Stop(a.Me);
        });
    });

    private static async Task<IActorRef> Current(IActorRef supervisor) =>
        (await supervisor.Ask<BackoffSupervisor.CurrentChild>(BackoffSupervisor.GetCurrentChild.Instance, Ear.Patience)).Ref;

    private static async Task Running(IActorRef supervisor, object message) => (await Current(supervisor)).Tell(message);

    private static async Task Paused(IActorRef supervisor)
    {
        await Running(supervisor, PoisonPill.Instance);
        while (!(await Current(supervisor)).IsNobody()) await Task.Yield();
    }

    private async Task Gone(IActorRef actor)
    {
        var ear = new Ear(_system);
        _system.ActorOf(Acting.Of(a =>
        {
            a.Here.Watch(actor);
            a.On<Terminated>(_ => ear.Ref.Tell("gone"));
        }));
        await ear.Hears("gone");
    }
}
