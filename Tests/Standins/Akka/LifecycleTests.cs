using Akka.Actor;

namespace WebChat.Tests.Standins.Akka;

public sealed class LifecycleTests : IAsyncLifetime
{
    private readonly ActorSystem _system = TestSystem.Create();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public async Task PreStart_comes_before_the_first_message()
    {
        var ear = new Ear(_system);
        var actor = _system.ActorOf(Acting.Of(a =>
        {
            a.Started = () => ear.Ref.Tell("started");
            a.OnAny(m => ear.Ref.Tell(m));
        }));
        actor.Tell("first");
        await ear.Hears("started", "first");
    }

    [Fact]
    public async Task Children_stop_before_their_parent_and_the_parent_before_its_watcher_hears()
    {
        var ear = new Ear(_system);
        var parent = _system.ActorOf(Acting.Of(a =>
        {
            for (var i = 0; i < 2; i++)
            {
                a.Here.ActorOf(Acting.Of(c =>
                {
                    c.Here.ActorOf(Acting.Of(g => g.Stopped = () => ear.Ref.Tell("grandchild")));
                    c.Stopped = () => ear.Ref.Tell("child");
                }));
            }

            a.Stopped = () => ear.Ref.Tell("parent");
        }));
        var watcher = _system.ActorOf(Acting.Of(a =>
        {
            a.Here.Watch(parent);
            a.On<Terminated>(_ => ear.Ref.Tell("heard"));
            a.On<string>(m => a.From.Tell(m));
        }));
        await watcher.Ask("ready", Ear.Patience);

        _system.Stop(parent);

        var order = new List<string>();
        for (var i = 0; i < 6; i++) order.Add(await ear.Next<string>());
        Assert.Equal(["parent", "heard"], order[^2..]);
        Assert.Equal(2, order.Count(o => o == "child"));
        Assert.Equal(2, order.Count(o => o == "grandchild"));
        Assert.Equal("grandchild", order[0]);
    }

    [Fact]
    public async Task PoisonPill_stops_after_what_was_sent_before()
    {
        var ear = new Ear(_system);
        var actor = _system.ActorOf(Acting.Of(a =>
        {
            a.Stopped = () => ear.Ref.Tell("stopped");
            a.OnAny(m => ear.Ref.Tell(m));
        }));
        actor.Tell("one");
        actor.Tell("two");
        actor.Tell(PoisonPill.Instance);
        actor.Tell("three");
        await ear.Hears("one", "two", "stopped");
        await ear.HearsNoMore();
    }

    [Fact]
    public async Task Kill_makes_the_actor_fail_and_the_default_supervision_stop_it()
    {
        var ear = new Ear(_system);
        var parent = _system.ActorOf(Acting.Of(a =>
        {
            a.Strategy = () => new OneForOneStrategy(e =>
            {
                ear.Ref.Tell(e);
                return SupervisorStrategy.DefaultDecider.Decide(e);
            });
            var child = a.Here.ActorOf(Acting.Of(c => c.Stopped = () => ear.Ref.Tell("stopped")));
            a.OnAny(_ => child.Tell(Kill.Instance));
        }));
        parent.Tell("kill it");
        await ear.Next<ActorKilledException>();
        await ear.Hears("stopped");
    }

    [Fact]
    public async Task GracefulStop_waits_until_the_actor_has_stopped()
    {
        var stopped = false;
        var actor = _system.ActorOf(Acting.Of(a =>
        {
            a.Stopped = () => stopped = true;
            a.On<string>(_ => a.Here.Stop(a.Me));
        }));
        Assert.True(await actor.GracefulStop(Ear.Patience, "please"));
        Assert.True(stopped);
        Assert.True(await actor.GracefulStop(Ear.Patience));
    }

    [Fact]
    public async Task GracefulStop_says_when_the_actor_did_not_stop_in_time()
    {
        var actor = _system.ActorOf(Acting.Of(a => a.On<string>(_ => { })));
        Assert.False(await actor.GracefulStop(TimeSpan.FromMilliseconds(10), "ignored"));
    }

    [Fact]
    public async Task A_name_is_free_again_once_its_actor_has_stopped()
    {
        var first = _system.ActorOf(Acting.Of(_ => { }), "name");
        Assert.Throws<InvalidActorNameException>(() => _system.ActorOf(Acting.Of(_ => { }), "name"));

        var ear = new Ear(_system);
        var watcher = _system.ActorOf(Acting.Of(a =>
        {
            a.Here.Watch(first);
            a.On<Terminated>(_ => ear.Ref.Tell(_system.ActorOf(Acting.Of(_ => { }), "name")));
        }));
        _system.Stop(first);

        var second = await ear.Next<IActorRef>();
        Assert.Equal(first.Path, second.Path);
        Assert.NotEqual(first, second);
        Assert.NotEqual(first.Path.Uid, second.Path.Uid);
    }

    [Fact]
    public async Task A_child_that_was_replaced_under_its_name_is_another_actor()
    {
        var ear = new Ear(_system);
        var parent = _system.ActorOf(Acting.Of(a =>
        {
            var child = a.Here.ActorOf(Acting.Of(_ => { }), "child");
            a.Here.Watch(child);
            a.On<string>(_ => a.Here.Stop(child));
            a.On<Terminated>(_ => ear.Ref.Tell((child, a.Here.ActorOf(Acting.Of(_ => { }), "child"), a.Here.Child("child"))));
        }));
        parent.Tell("go");
        var (old, fresh, found) = await ear.Next<(IActorRef, IActorRef, IActorRef)>();
        Assert.NotEqual(old, fresh);
        Assert.Equal(fresh, found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("$dollar")]
    [InlineData("with space")]
    [InlineData("sl/ash")]
    [InlineData("ümlaut")]
    [InlineData("%zz")]
    public void A_malformed_name_is_refused(string name) =>
        Assert.Throws<InvalidActorNameException>(() => _system.ActorOf(Acting.Of(_ => { }), name));

    [Theory]
    [InlineData("room-0123456789abcdef")]
    [InlineData("a.b_c~d!e*f+g:h@i&j=k,l'm;n")]
    [InlineData("%41%2F")]
    public void A_well_formed_name_is_kept(string name) => Assert.Equal(name, _system.ActorOf(Acting.Of(_ => { }), name).Path.Name);

    [Fact]
    public async Task Actors_without_a_name_get_generated_ones()
    {
        var parent = _system.ActorOf(Acting.Of(a => a.On<int>(n => a.From.Tell(
            Enumerable.Range(0, n).Select(_ => a.Here.ActorOf(Acting.Of(_ => { })).Path.Name).ToArray()))));
        var names = await parent.Ask<string[]>(70, Ear.Patience);
        Assert.Equal(["$a", "$b", "$c"], names[..3]);
        Assert.Equal("$ab", names[64]);
        Assert.Equal(70, names.Distinct().Count());
    }

    [Fact]
    public async Task An_actor_cannot_be_made_with_new()
    {
        // On a thread of its own: a test kit may have left its actor's context on the runner's.
        var outcome = new TaskCompletionSource<Exception?>();
        new Thread(() => outcome.SetResult(Record.Exception(() => new Acting(_ => { })))).Start();
        Assert.IsType<ActorInitializationException>(await outcome.Task.WaitAsync(Ear.Patience));
    }

    [Fact]
    public async Task A_context_knows_its_surroundings()
    {
        var parent = _system.ActorOf(
            Acting.Of(a =>
            {
                var child = a.Here.ActorOf(Acting.Of(c => c.On<string>(_ => c.From.Tell((c.Here.Parent, c.Here.Self, c.Here.System)))), "child");
                a.On<string>(m => child.Forward(m));
                a.On<int>(_ => a.From.Tell((a.Here.GetChildren().ToArray(), a.Here.Child("child"), a.Here.Child("other"))));
            }),
            "parent");
        var (above, self, system) = await parent.Ask<(IActorRef, IActorRef, ActorSystem)>("who", Ear.Patience);
        Assert.Equal(parent, above);
        Assert.Same(_system, system);
        Assert.Equal("akka://test/user/parent/child", self.Path.ToString());

        var (children, child, other) = await parent.Ask<(IActorRef[], IActorRef, IActorRef)>(1, Ear.Patience);
        Assert.Equal([self], children);
        Assert.Equal(self, child);
        Assert.True(other.IsNobody());
    }

    [Fact]
    public async Task An_instance_that_can_be_disposed_of_is_when_the_actor_stops()
    {
        var disposed = new TaskCompletionSource();
        var actor = _system.ActorOf(Props.Create(() => new Disposing(disposed)));
        await actor.GracefulStop(Ear.Patience);
        await disposed.Task.WaitAsync(Ear.Patience);
    }

    [Fact]
    public async Task No_child_can_be_made_by_an_actor_that_is_stopping()
    {
        var ear = new Ear(_system);
        var actor = _system.ActorOf(Acting.Of(a => a.Stopped = () =>
        {
            try
            {
                a.Here.ActorOf(Acting.Of(_ => { }));
            }
            catch (InvalidOperationException e)
            {
                ear.Ref.Tell(e);
            }
        }));
        _system.Stop(actor);
        await ear.Next<InvalidOperationException>();
    }

    [Fact]
    public async Task Terminating_the_system_stops_all_actors_and_takes_no_new_ones()
    {
        var system = TestSystem.Create();
        var order = new List<string>();
        system.ActorOf(Acting.Of(a => a.Stopped = () => order.Add("user")));
        ((ExtendedActorSystem)system).SystemActorOf(Acting.Of(a => a.Stopped = () => order.Add("system")), "own");
        system.RegisterOnTermination(() => order.Add("callback"));
        system.RegisterOnTermination(() => order.Add("later callback"));

        await system.Terminate().WaitAsync(Ear.Patience);

        Assert.Equal(["user", "system", "later callback", "callback"], order);
        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
        Assert.Throws<InvalidOperationException>(() => system.ActorOf(Acting.Of(_ => { })));
    }

    [Fact]
    public async Task Disposing_of_the_system_terminates_it()
    {
        var system = TestSystem.Create();
        await Task.Run(system.Dispose).WaitAsync(Ear.Patience);
        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-leading")]
    [InlineData("with space")]
    public void A_malformed_system_name_is_refused(string name) => Assert.Throws<ArgumentException>(() => ActorSystem.Create(name));

    private sealed class Disposing(TaskCompletionSource disposed) : ReceiveActor, IDisposable
    {
        public void Dispose() => disposed.SetResult();
    }
}
