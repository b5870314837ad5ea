using Akka.Actor;

namespace WebChat.Tests.Standins.Akka;

public sealed class DeathWatchTests : IAsyncLifetime
{
    private readonly ActorSystem _system = TestSystem.Create();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public async Task A_watcher_hears_of_a_death_exactly_once_however_often_it_watches()
    {
        var ear = new Ear(_system);
        var target = _system.ActorOf(Acting.Of(_ => { }));
        var watcher = Watcher(ear, a =>
        {
            a.Here.Watch(target);
            a.Here.Watch(target);
        });
        await watcher.Ask("ready", Ear.Patience);
        _system.Stop(target);
        var terminated = (await ear.Next<Heard>()).Terminated;
        Assert.Equal(target, terminated.ActorRef);
        Assert.True(terminated.ExistenceConfirmed);
        Assert.False(terminated.AddressTerminated);
        await watcher.Ask("still here", Ear.Patience);
        await ear.HearsNoMore();
    }

    [Fact]
    public async Task Watching_an_actor_that_has_stopped_answers_at_once()
    {
        var ear = new Ear(_system);
        var target = _system.ActorOf(Acting.Of(_ => { }));
        await target.GracefulStop(Ear.Patience);
        Watcher(ear, a => a.Here.Watch(target));
        Assert.Equal(target, (await ear.Next<Heard>()).Terminated.ActorRef);
    }

    [Fact]
    public async Task Watching_a_place_where_nobody_lives_answers_at_once()
    {
        var ear = new Ear(_system);
        var nobody = ((ExtendedActorSystem)_system).Provider.ResolveActorRef("akka://test/user/nobody");
        Watcher(ear, a => a.Here.Watch(nobody));
        var terminated = (await ear.Next<Heard>()).Terminated;
        Assert.Equal(nobody, terminated.ActorRef);
        Assert.False(terminated.ExistenceConfirmed);
    }

    [Fact]
    public async Task Every_watcher_hears_and_so_does_the_parent()
    {
        var ear = new Ear(_system);
        var parent = _system.ActorOf(Acting.Of(a =>
        {
            var child = a.Here.Watch(a.Here.ActorOf(Acting.Of(_ => { })));
            a.On<Terminated>(t => ear.Ref.Tell(new Heard(t)));
            a.On<string>(_ => a.From.Tell(child));
        }));
        var target = await parent.Ask<IActorRef>("child", Ear.Patience);
        var first = Watcher(ear, a => a.Here.Watch(target));
        var second = Watcher(ear, a => a.Here.Watch(target));
        await Task.WhenAll(first.Ask("ready", Ear.Patience), second.Ask("ready", Ear.Patience));
        _system.Stop(target);
        for (var i = 0; i < 3; i++) Assert.Equal(target, (await ear.Next<Heard>()).Terminated.ActorRef);
    }

    [Fact]
    public async Task After_unwatching_nothing_is_heard_even_of_a_death_that_waits_in_the_mailbox()
    {
        var ear = new Ear(_system);
        var target = _system.ActorOf(Acting.Of(_ => { }));
        using var gate = new ManualResetEventSlim();
        var watcher = _system.ActorOf(Acting.Of(a =>
        {
            a.Here.Watch(target);
            a.On<int>(_ =>
            {
                gate.Wait(Ear.Patience);
                a.Here.Unwatch(target);
            });
            a.On<Terminated>(t => ear.Ref.Tell(new Heard(t)));
            a.On<string>(m => ear.Ref.Tell(m));
        }));
        await watcher.Ask<ActorIdentity>(new Identify(null), Ear.Patience);
        watcher.Tell(1);
        await target.GracefulStop(Ear.Patience);
        gate.Set();
        watcher.Tell("unwatched");
        await ear.Hears("unwatched");
        await watcher.Ask<ActorIdentity>(new Identify(null), Ear.Patience);
        await ear.HearsNoMore();
    }

    [Fact]
    public async Task A_watcher_may_ask_for_a_message_of_its_own()
    {
        var ear = new Ear(_system);
        var target = _system.ActorOf(Acting.Of(_ => { }));
        _system.ActorOf(Acting.Of(a =>
        {
            a.Here.WatchWith(target, "it is gone");
            a.OnAny(ear.Ref.Tell);
        }));
        _system.Stop(target);
        await ear.Hears("it is gone");
    }

    [Fact]
    public async Task Who_watches_already_is_told_in_the_first_way()
    {
        var ear = new Ear(_system);
        var target = _system.ActorOf(Acting.Of(_ => { }));
        _system.ActorOf(Acting.Of(a =>
        {
            a.Here.WatchWith(target, "one");
            a.Here.WatchWith(target, "two");
            a.Here.Watch(target);
            a.OnAny(ear.Ref.Tell);
        }));
        _system.Stop(target);
        await ear.Hears("one");
        await ear.HearsNoMore();
    }

    [Fact]
    public async Task A_death_that_is_left_unhandled_makes_the_watcher_fail()
    {
        var ear = new Ear(_system);
        var target = _system.ActorOf(Acting.Of(_ => { }));
        _system.ActorOf(Acting.Of(a =>
        {
            a.Strategy = () => new OneForOneStrategy(e =>
            {
                ear.Ref.Tell(e);
                return Directive.Stop;
            });
            a.Here.ActorOf(Acting.Of(w => w.Here.Watch(target)));
        }));
        _system.Stop(target);
        Assert.Equal(target, (await ear.Next<DeathPactException>()).DeadActor);
    }

    [Fact]
    public async Task Watching_oneself_does_nothing()
    {
        var ear = new Ear(_system);
        var actor = _system.ActorOf(Acting.Of(a =>
        {
            a.Here.Watch(a.Me);
            a.Stopped = () => ear.Ref.Tell("stopped");
            a.OnAny(ear.Ref.Tell);
        }));
        await actor.GracefulStop(Ear.Patience);
        await ear.Hears("stopped");
        await ear.HearsNoMore();
    }

    [Fact]
    public async Task A_restart_is_no_death()
    {
        var ear = new Ear(_system);
        var target = _system.ActorOf(Acting.Of(a =>
        {
            a.On<Exception>(e => throw e);
            a.On<string>(m => a.From.Tell(m));
        }));
        var watcher = Watcher(ear, a => a.Here.Watch(target));
        await watcher.Ask("ready", Ear.Patience);
        target.Tell(new InvalidOperationException());
        await target.Ask("alive", Ear.Patience);
        await watcher.Ask("ready", Ear.Patience);
        await ear.HearsNoMore();
    }

    [Fact]
    public async Task Watching_while_the_target_stops_is_always_answered()
    {
        var ear = new Ear(_system);
        const int Rounds = 300;
        for (var i = 0; i < Rounds; i++)
        {
            var target = _system.ActorOf(Acting.Of(_ => { }));
            _system.Stop(target);
            Watcher(ear, a => a.Here.Watch(target));
        }

        for (var i = 0; i < Rounds; i++) await ear.Next<Heard>();
    }

    private IActorRef Watcher(Ear ear, Action<Acting> watch) => _system.ActorOf(Acting.Of(a =>
    {
        watch(a);
        a.On<Terminated>(t => ear.Ref.Tell(new Heard(t)));
        a.On<string>(m => a.From.Tell(m));
    }));

    // A Terminated that nobody watched for is dropped by whoever gets it, so what was heard is told wrapped.
    private sealed record Heard(Terminated Terminated);
}
