using Akka.Actor;
using Akka.Event;

namespace WebChat.Tests.Standins.Akka;

public sealed class EventStreamTests : IAsyncLifetime
{
    private readonly ActorSystem _system = TestSystem.Create();

    private interface IThing
    {
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public async Task A_subscriber_hears_its_type_with_all_that_derives_from_it_and_nothing_else()
    {
        var (base_, derived, thing) = (new Ear(_system), new Ear(_system), new Ear(_system));
        _system.EventStream.Subscribe(base_.Ref, typeof(Base));
        _system.EventStream.Subscribe<Derived>(derived.Ref);
        _system.EventStream.Subscribe<IThing>(thing.Ref);

        _system.EventStream.Publish(new Base());
        _system.EventStream.Publish(new Derived());
        _system.EventStream.Publish("other");

        await base_.Hears(new Base(), new Derived());
        await derived.Hears(new Derived());
        await thing.Hears(new Derived());
        foreach (var ear in new[] { base_, derived, thing }) await ear.HearsNoMore();
    }

    [Fact]
    public async Task Who_subscribes_twice_or_to_two_fitting_types_hears_once()
    {
        var ear = new Ear(_system);
        Assert.True(_system.EventStream.Subscribe<Base>(ear.Ref));
        Assert.False(_system.EventStream.Subscribe<Base>(ear.Ref));
        _system.EventStream.Subscribe<IThing>(ear.Ref);
        _system.EventStream.Publish(new Derived());
        await ear.Hears(new Derived());
        await ear.HearsNoMore();
    }

    [Fact]
    public async Task After_unsubscribing_nothing_is_heard()
    {
        var ear = new Ear(_system);
        _system.EventStream.Subscribe<Base>(ear.Ref);
        _system.EventStream.Subscribe<string>(ear.Ref);
        _system.EventStream.Publish(new Base());
        Assert.True(_system.EventStream.Unsubscribe<Base>(ear.Ref));
        Assert.False(_system.EventStream.Unsubscribe<Base>(ear.Ref));
        _system.EventStream.Publish(new Base());
        _system.EventStream.Publish("text");
        await ear.Hears(new Base(), "text");
        Assert.True(_system.EventStream.Unsubscribe(ear.Ref));
        Assert.False(_system.EventStream.Unsubscribe(ear.Ref));
        _system.EventStream.Publish("text");
        await ear.HearsNoMore();
    }

    [Fact]
    public async Task The_subscriptions_of_an_actor_end_with_it()
    {
        var dead = new Ear(_system);
        var actor = _system.ActorOf(Acting.Of(_ => { }));
        _system.EventStream.Subscribe<Base>(actor);
        await actor.GracefulStop(Ear.Patience);
        _system.EventStream.Subscribe<DeadLetter>(dead.Ref);
        using var limit = new CancellationTokenSource(Ear.Patience);
        do
        {
            // The stream hears of a death as any watcher does: soon.
            limit.Token.ThrowIfCancellationRequested();
            _system.EventStream.Publish(new Base());
            dead.Ref.Tell("end");
        }
        while (await dead.Next<object>() is DeadLetter && await dead.Next<string>() == "end");
    }

    private record Base;

    private sealed record Derived : Base, IThing;
}
