using Akka.Actor;
using Akka.Event;

namespace WebChat.Tests.Standins.Akka;

public sealed class SupervisionTests : IAsyncLifetime
{
    private readonly ActorSystem _system = TestSystem.Create();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public async Task Resume_keeps_the_state_and_goes_on_with_the_next_message()
    {
        var child = await ChildOf(new OneForOneStrategy(_ => Directive.Resume), Counting);
        child.Tell(1);
        child.Tell(new InvalidOperationException());
        child.Tell(2);
        Assert.Equal(3, await child.Ask<int>("sum", Ear.Patience));
    }

    [Fact]
    public async Task Restart_calls_the_hooks_in_order_and_keeps_the_mailbox()
    {
        var ear = new Ear(_system);
        using var gate = new ManualResetEventSlim();
        var number = 0;
        var child = await ChildOf(new OneForOneStrategy(_ => Directive.Restart), c =>
        {
            var me = ++number;
            c.Started = () => ear.Ref.Tell($"start {me}");
            c.Stopped = () => ear.Ref.Tell($"stop {me}");
            c.Restarting = (e, m) => ear.Ref.Tell($"before restart {me} {e.Message} {m}");
            c.Restarted = e => ear.Ref.Tell($"after restart {me} {e.Message}");
            c.On<string>(m =>
            {
                gate.Wait(Ear.Patience);
                if (m == "fail") throw new InvalidOperationException("why");
                ear.Ref.Tell($"{m} {me}");
            });
        });
        foreach (var message in new[] { "a", "fail", "b", "fail", "c" }) child.Tell(message);
        gate.Set();

        await ear.Hears(
            "start 1", "a 1",
            "before restart 1 why fail", "stop 1", "after restart 2 why", "start 2", "b 2",
            "before restart 2 why fail", "stop 2", "after restart 3 why", "start 3", "c 3");
    }

    [Fact]
    public async Task A_restart_keeps_the_reference_and_drops_the_state_and_what_the_actor_became()
    {
        var child = await ChildOf(new OneForOneStrategy(_ => Directive.Restart), c =>
        {
            c.On<string>(_ => c.From.Tell("first"));
            c.On<int>(_ => c.Turn(() =>
            {
                c.On<string>(_ => c.From.Tell("second"));
                c.On<Exception>(e => throw e);
            }));
        });
        child.Tell(1);
        Assert.Equal("second", await child.Ask<string>("?", Ear.Patience));
        child.Tell(new InvalidOperationException());
        Assert.Equal("first", await child.Ask<string>("?", Ear.Patience));
    }

    [Fact]
    public async Task A_restart_waits_for_children_that_take_their_time()
    {
        var ear = new Ear(_system);
        using var gate = new ManualResetEventSlim();
        var child = await ChildOf(new OneForOneStrategy(_ => Directive.Restart), c =>
        {
            ear.Ref.Tell("made");
            c.Here.ActorOf(
                Acting.Of(g =>
                {
                    g.On<string>(_ => gate.Wait(Ear.Patience));
                    g.Stopped = () => ear.Ref.Tell("grandchild stopped");
                }),
                "grandchild").Tell("wait");
            c.On<Exception>(e => throw e);
            c.On<string>(m => ear.Ref.Tell(m));
        });
        child.Tell(new InvalidOperationException());
        child.Tell("after the restart");
        await ear.Hears("made");
        await ear.HearsNoMore();
        gate.Set();
        await ear.Hears("grandchild stopped", "made", "after the restart");
    }

    [Fact]
    public async Task An_actor_that_is_stopped_while_it_waits_to_restart_stops_and_is_not_made_anew()
    {
        var ear = new Ear(_system);
        using var gate = new ManualResetEventSlim();
        var child = await ChildOf(new OneForOneStrategy(_ => Directive.Restart), c =>
        {
            ear.Ref.Tell("made");
            c.Restarting = (_, _) => ear.Ref.Tell("restarting");
            c.Here.ActorOf(Acting.Of(g => g.On<string>(_ => gate.Wait(Ear.Patience)))).Tell("wait");
            c.On<Exception>(e => throw e);
        });
        child.Tell(new InvalidOperationException());
        await ear.Hears("made", "restarting");
        _system.Stop(child);
        var stopped = child.GracefulStop(Ear.Patience);
        gate.Set();
        Assert.True(await stopped);
        await ear.HearsNoMore();
    }

    // Once such an actor forgot that it was being stopped when a sibling's failure restarted it a second time, and lived on.
    [Fact]
    public async Task An_actor_that_is_stopped_while_it_waits_to_restart_stops_even_if_it_is_to_restart_again()
    {
        var ear = new Ear(_system);
        using var gate = new ManualResetEventSlim();
        var parent = _system.ActorOf(Acting.Of(a =>
        {
            a.Strategy = () => new AllForOneStrategy(_ => Directive.Restart);
            var waiting = a.Here.ActorOf(
                Acting.Of(c =>
                {
                    c.Restarting = (_, _) => ear.Ref.Tell("waiting");
                    c.Here.ActorOf(Acting.Of(g => g.On<string>(_ => gate.Wait(Ear.Patience)))).Tell("wait");
                }),
                "waiting");
            var failing = a.Here.ActorOf(
                Acting.Of(c =>
                {
                    c.Restarted = _ => ear.Ref.Tell("failed");
                    c.On<Exception>(e => throw e);
                }),
                "failing");
            a.Here.Watch(waiting);
            a.On<Exception>(failing.Tell);
            a.On<string>(_ => a.Here.Stop(waiting));
            a.On<Terminated>(_ => ear.Ref.Tell("stopped"));
        }));
        parent.Tell(new InvalidOperationException());
        var first = new[] { await ear.Next<string>(), await ear.Next<string>() };
        Assert.Equal(["failed", "waiting"], first.Order());
        parent.Tell("stop");
        parent.Tell(new InvalidOperationException());
        await ear.Hears("failed");
        gate.Set();
        await ear.Hears("stopped");
    }

    [Fact]
    public async Task Children_that_a_restarting_parent_keeps_are_restarted_too()
    {
        var ear = new Ear(_system);
        var child = await ChildOf(new OneForOneStrategy(_ => Directive.Restart), c =>
        {
            c.KeepsChildren = true;
            c.Restarted = _ => ear.Ref.Tell("parent restarted");
            if (c.Here.Child("kept").IsNobody())
            {
                c.Here.ActorOf(
                    Acting.Of(g =>
                    {
                        g.Restarted = _ => ear.Ref.Tell("child restarted");
                        g.On<string>(m => ear.Ref.Tell(m));
                    }),
                    "kept");
            }

            c.On<Exception>(e => throw e);
            c.On<string>(m => c.Here.Child("kept").Tell(m));
        });
        child.Tell(new InvalidOperationException());
        child.Tell("still here");
        await ear.Hears("parent restarted", "child restarted", "still here");
    }

    [Fact]
    public async Task Stop_stops_the_child_and_its_children()
    {
        var ear = new Ear(_system);
        var child = await ChildOf(new OneForOneStrategy(_ => Directive.Stop), c =>
        {
            c.Here.ActorOf(Acting.Of(g => g.Stopped = () => ear.Ref.Tell("grandchild")));
            c.Stopped = () => ear.Ref.Tell("child");
            c.On<Exception>(e => throw e);
        });
        child.Tell(new InvalidOperationException());
        await ear.Hears("grandchild", "child");
    }

    [Fact]
    public async Task Escalate_makes_the_parent_fail_with_the_same_exception()
    {
        var ear = new Ear(_system);
        var grandparent = _system.ActorOf(Acting.Of(a =>
        {
            a.Strategy = () => new OneForOneStrategy(e =>
            {
                ear.Ref.Tell(e.Message);
                return Directive.Restart;
            });
            var parent = a.Here.ActorOf(Acting.Of(p =>
            {
                p.Strategy = () => new OneForOneStrategy(_ => Directive.Escalate);
                p.Restarted = _ => ear.Ref.Tell("parent restarted");
                var child = p.Here.ActorOf(Acting.Of(c =>
                {
                    c.Stopped = () => ear.Ref.Tell("child stopped");
                    c.On<Exception>(e => throw e);
                    c.On<string>(m => ear.Ref.Tell(m));
                }));
                p.OnAny(child.Tell);
            }));
            a.OnAny(parent.Tell);
        }));
        grandparent.Tell(new InvalidOperationException("too much"));
        await ear.Hears("too much", "child stopped", "parent restarted");
        grandparent.Tell("to the new child");
        await ear.Hears("to the new child");
    }

    [Fact]
    public async Task A_failure_that_is_escalated_and_resumed_lets_both_go_on()
    {
        var ear = new Ear(_system);
        var grandparent = _system.ActorOf(Acting.Of(a =>
        {
            a.Strategy = () => new OneForOneStrategy(_ => Directive.Resume);
            var parent = a.Here.ActorOf(Acting.Of(p =>
            {
                p.Strategy = () => new OneForOneStrategy(_ => Directive.Escalate);
                var child = p.Here.ActorOf(Acting.Of(Counting));
                p.OnAny(child.Forward);
            }));
            a.OnAny(parent.Forward);
        }));
        grandparent.Tell(1);
        grandparent.Tell(new InvalidOperationException());
        grandparent.Tell(2);
        Assert.Equal(3, await grandparent.Ask<int>("sum", Ear.Patience));
    }

    [Fact]
    public async Task A_failure_that_nobody_handles_terminates_the_system()
    {
        var system = TestSystem.Create("akka.actor.guardian-supervisor-strategy = \"WebChat.Tests.Standins.Akka.SupervisionTests+Escalating, Tests\"");
        var actor = system.ActorOf(Acting.Of(Counting));
        actor.Tell(new InvalidOperationException());
        await system.WhenTerminated.WaitAsync(Ear.Patience);
    }

    [Fact]
    public async Task The_guardian_stops_what_fails_where_the_configuration_says_so()
    {
        var system = TestSystem.Create("akka.actor.guardian-supervisor-strategy = \"Akka.Actor.StoppingSupervisorStrategy\"");
        var ear = new Ear(system);
        var actor = system.ActorOf(Acting.Of(c =>
        {
            c.Stopped = () => ear.Ref.Tell("stopped");
            c.Restarting = (_, _) => ear.Ref.Tell("restarting");
            c.On<Exception>(e => throw e);
        }));
        actor.Tell(new InvalidOperationException());
        await ear.Hears("stopped");
        await system.Terminate();
    }

    [Fact]
    public async Task AllForOne_restarts_the_siblings_too_and_keeps_their_mailboxes()
    {
        var ear = new Ear(_system);
        var parent = _system.ActorOf(Acting.Of(a =>
        {
            a.Strategy = () => new AllForOneStrategy(_ => Directive.Restart);
            foreach (var name in new[] { "one", "two", "three" })
            {
                a.Here.ActorOf(
                    Acting.Of(c =>
                    {
                        c.Restarted = _ => ear.Ref.Tell($"{name} restarted");
                        c.On<Exception>(e => throw e);
                        c.On<string>(m => ear.Ref.Tell($"{name} {m}"));
                    }),
                    name);
            }

            a.On<Exception>(a.Here.Child("two").Tell);
            a.On<string>(m =>
            {
                foreach (var child in a.Here.GetChildren()) child.Tell(m);
            });
        }));
        parent.Tell(new InvalidOperationException());
        var restarted = new HashSet<string> { await ear.Next<string>(), await ear.Next<string>(), await ear.Next<string>() };
        Assert.Equal(["one restarted", "three restarted", "two restarted"], restarted.Order());
        parent.Tell("alive");
        var alive = new HashSet<string> { await ear.Next<string>(), await ear.Next<string>(), await ear.Next<string>() };
        Assert.Equal(["one alive", "three alive", "two alive"], alive.Order());
    }

    [Fact]
    public async Task AllForOne_stops_the_siblings_too()
    {
        var ear = new Ear(_system);
        var parent = _system.ActorOf(Acting.Of(a =>
        {
            a.Strategy = () => new AllForOneStrategy(_ => Directive.Stop);
            var first = a.Here.ActorOf(Acting.Of(c =>
            {
                c.Stopped = () => ear.Ref.Tell("stopped");
                c.On<Exception>(e => throw e);
            }));
            a.Here.ActorOf(Acting.Of(c => c.Stopped = () => ear.Ref.Tell("stopped")));
            a.OnAny(first.Tell);
        }));
        parent.Tell(new InvalidOperationException());
        await ear.Hears("stopped", "stopped");
    }

    [Fact]
    public async Task A_child_is_stopped_when_it_needs_more_restarts_than_it_may_have()
    {
        var ear = new Ear(_system);
        var child = await ChildOf(new OneForOneStrategy(2, TimeSpan.FromMinutes(1), _ => Directive.Restart), c =>
        {
            c.Restarted = _ => ear.Ref.Tell("restarted");
            c.Stopped = () => ear.Ref.Tell("stopped");
            c.On<Exception>(e => throw e);
        });
        for (var i = 0; i < 3; i++) child.Tell(new InvalidOperationException());
        await ear.Hears("stopped", "restarted", "stopped", "restarted", "stopped");
        await ear.HearsNoMore();
        Assert.True(await child.GracefulStop(Ear.Patience));
    }

    [Fact]
    public async Task With_no_restarts_allowed_a_failing_child_is_stopped()
    {
        var ear = new Ear(_system);
        var child = await ChildOf(new OneForOneStrategy(0, -1, _ => Directive.Restart), c =>
        {
            c.Restarting = (_, _) => ear.Ref.Tell("restarting");
            c.Stopped = () => ear.Ref.Tell("stopped");
            c.On<Exception>(e => throw e);
        });
        child.Tell(new InvalidOperationException());
        await ear.Hears("stopped");
    }

    [Fact]
    public async Task The_children_of_a_failed_actor_pause_until_its_supervisor_has_decided()
    {
        var ear = new Ear(_system);
        using var deciding = new ManualResetEventSlim();
        using var decided = new ManualResetEventSlim();
        var grandchild = ActorRefs.NoSender!;
        var child = await ChildOf(
            new OneForOneStrategy(_ =>
            {
                deciding.Set();
                decided.Wait(Ear.Patience);
                ear.Ref.Tell("decided");
                return Directive.Resume;
            }),
            c =>
            {
                grandchild = c.Here.ActorOf(Acting.Of(g => g.On<string>(m => ear.Ref.Tell(m))));
                c.On<Exception>(e => throw e);
            });
        child.Tell(new InvalidOperationException());
        deciding.Wait(Ear.Patience);

        grandchild.Tell("one");
        grandchild.Tell("two");
        await ear.HearsNoMore();
        decided.Set();
        await ear.Hears("decided", "one", "two");
    }

    [Fact]
    public async Task A_constructor_that_throws_stops_the_actor()
    {
        var ear = new Ear(_system);
        _system.ActorOf(Acting.Of(a =>
        {
            var child = a.Here.ActorOf(Acting.Of(_ => throw new InvalidOperationException("in the constructor")));
            a.Here.Watch(child);
            a.On<Terminated>(_ => ear.Ref.Tell("stopped"));
        }));
        await ear.Hears("stopped");
    }

    [Fact]
    public async Task A_PreStart_that_throws_is_a_failed_initialisation()
    {
        var ear = new Ear(_system);
        await ChildOf(
            new OneForOneStrategy(e =>
            {
                ear.Ref.Tell(e);
                return Directive.Stop;
            }),
            c => c.Started = () => throw new InvalidOperationException("in PreStart"));
        var failure = await ear.Next<ActorInitializationException>();
        Assert.Equal("in PreStart", failure.InnerException!.Message);
        Assert.NotNull(failure.Actor);
    }

    [Fact]
    public async Task An_actor_whose_initialisation_failed_may_be_tried_again()
    {
        var tries = 0;
        var child = await ChildOf(new OneForOneStrategy(_ => Directive.Restart), c =>
        {
            if (++tries < 3) throw new InvalidOperationException("not yet");
            c.On<string>(_ => c.From.Tell(tries));
        });
        Assert.Equal(3, await child.Ask<int>("?", Ear.Patience));
    }

    [Fact]
    public async Task A_PreRestart_that_throws_is_logged_and_the_actor_restarts()
    {
        var ear = new Ear(_system);
        _system.EventStream.Subscribe(ear.Ref, typeof(Error));
        var child = await ChildOf(new OneForOneStrategy(-1, -1, _ => Directive.Restart, loggingEnabled: false), c =>
        {
            c.Restarting = (_, _) => throw new NotSupportedException("in PreRestart");
            c.On<Exception>(e => throw e);
            c.On<string>(m => c.From.Tell(m));
        });
        child.Tell(new InvalidOperationException("the failure"));
        Assert.Equal("alive", await child.Ask<string>("alive", Ear.Patience));
        var logged = Assert.IsType<PreRestartException>((await ear.Next<Error>()).Cause);
        Assert.Equal("in PreRestart", logged.RestartException.Message);
        Assert.IsType<InvalidOperationException>(logged.OptionalMessage);
    }

    [Fact]
    public async Task A_PostRestart_that_throws_is_a_failure_that_names_both_causes()
    {
        var ear = new Ear(_system);
        var child = await ChildOf(
            new OneForOneStrategy(e =>
            {
                ear.Ref.Tell(e);
                return e is PostRestartException ? Directive.Stop : Directive.Restart;
            }),
            c =>
            {
                c.Restarted = _ => throw new NotSupportedException("in PostRestart");
                c.On<Exception>(e => throw e);
            });
        child.Tell(new InvalidOperationException("the failure"));
        await ear.Next<InvalidOperationException>();
        var failure = await ear.Next<PostRestartException>();
        Assert.Equal("in PostRestart", failure.InnerException!.Message);
        Assert.Equal("the failure", failure.OriginalCause.Message);
        Assert.True(await child.GracefulStop(Ear.Patience));
    }

    [Fact]
    public async Task A_PostStop_that_throws_does_not_keep_the_actor_from_stopping()
    {
        var child = await ChildOf(SupervisorStrategy.StoppingStrategy, c => c.Stopped = () => throw new InvalidOperationException());
        Assert.True(await child.GracefulStop(Ear.Patience));
    }

    [Theory]
    [InlineData(typeof(ActorInitializationException), Directive.Stop)]
    [InlineData(typeof(ActorKilledException), Directive.Stop)]
    [InlineData(typeof(InvalidOperationException), Directive.Restart)]
    public void The_default_decider_stops_what_cannot_live_and_restarts_the_rest(Type failure, Directive expected) =>
        Assert.Equal(expected, SupervisorStrategy.DefaultDecider.Decide((Exception)Activator.CreateInstance(failure)!));

    [Fact]
    public void The_first_pair_of_a_decider_that_fits_decides()
    {
        var decider = Decider.From(
            Directive.Escalate,
            KeyValuePair.Create(typeof(ArgumentNullException), Directive.Stop),
            KeyValuePair.Create(typeof(ArgumentException), Directive.Resume));
        Assert.Equal(Directive.Stop, decider.Decide(new ArgumentNullException()));
        Assert.Equal(Directive.Resume, decider.Decide(new ArgumentOutOfRangeException()));
        Assert.Equal(Directive.Escalate, decider.Decide(new InvalidOperationException()));
    }

    [Fact]
    public async Task Props_can_give_an_actor_another_strategy_than_its_own()
    {
        var ear = new Ear(_system);
        var parent = _system.ActorOf(Acting.Of(a =>
        {
            a.Strategy = () => new OneForOneStrategy(_ => Directive.Stop);
            var child = a.Here.ActorOf(Acting.Of(Counting));
            a.OnAny(child.Forward);
        }).WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Resume)));
        parent.Tell(5);
        parent.Tell(new InvalidOperationException());
        Assert.Equal(5, await parent.Ask<int>("sum", Ear.Patience));
    }

    [Fact]
    public async Task A_failure_is_logged_as_an_error_in_the_name_of_the_child()
    {
        var ear = new Ear(_system);
        _system.EventStream.Subscribe(ear.Ref, typeof(Error));
        var child = await ChildOf(new OneForOneStrategy(_ => Directive.Restart), Counting);
        child.Tell(new InvalidOperationException("to be logged"));
        var logged = await ear.Next<Error>();
        Assert.Equal("to be logged", logged.Cause!.Message);
        Assert.Equal(child.Path.ToString(), logged.LogSource);
    }

    [Fact]
    public async Task Many_actors_that_fail_at_once_all_come_back()
    {
        const int Children = 50, Rounds = 20;
        var parent = _system.ActorOf(Acting.Of(a =>
        {
            a.Strategy = () => new OneForOneStrategy(-1, -1, _ => Directive.Restart, loggingEnabled: false);
            for (var i = 0; i < Children; i++) a.Here.ActorOf(Acting.Of(Counting), i.ToString());
            a.On<string>(_ => a.From.Tell(a.Here.GetChildren().ToArray()));
        }));
        var all = await parent.Ask<IActorRef[]>("all", Ear.Patience);
        for (var round = 0; round < Rounds; round++)
            foreach (var child in all) child.Tell(new InvalidOperationException());
        foreach (var child in all) child.Tell(7);
        var sums = await Task.WhenAll(all.Select(c => c.Ask<int>("sum", Ear.Patience)));
        Assert.All(sums, sum => Assert.Equal(7, sum));
    }

    private static void Counting(Acting actor)
    {
        var sum = 0;
        actor.On<int>(n => sum += n);
        actor.On<Exception>(e => throw e);
        actor.On<string>(_ => actor.From.Tell(sum));
    }

    private async Task<IActorRef> ChildOf(SupervisorStrategy strategy, Action<Acting> script)
    {
        var parent = _system.ActorOf(Acting.Of(a =>
        {
            a.Strategy = () => strategy;
            var child = a.Here.ActorOf(Acting.Of(script), "child");
            a.On<string>(_ => a.From.Tell(child));
        }));
        return await parent.Ask<IActorRef>("child", Ear.Patience);
    }

    public sealed class Escalating : SupervisorStrategyConfigurator
    {
        public override SupervisorStrategy Create() => new OneForOneStrategy(_ => Directive.Escalate);
    }
}
