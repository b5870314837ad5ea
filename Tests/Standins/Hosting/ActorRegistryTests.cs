using Akka.Actor;
using Akka.Hosting;
using TestKit = Akka.TestKit.Xunit2.TestKit;

namespace WebChat.Tests.Standins.Hosting;

public class ActorRegistryTests : TestKit
{
    private readonly ActorRegistry _registry;

    public ActorRegistryTests() => _registry = ActorRegistry.For(Sys);

    [Fact]
    public void A_registered_actor_is_found_by_its_key()
    {
        _registry.Register<string>(TestActor);

        Assert.Equal(TestActor, _registry.Get<string>());
        Assert.True(_registry.TryGet(typeof(string), out var actor));
        Assert.Equal(TestActor, actor);
        Assert.Equal([new KeyValuePair<Type, IActorRef>(typeof(string), TestActor)], _registry);
        Assert.Same(_registry, ActorRegistry.For(Sys));
    }

    [Fact]
    public void A_missing_actor_is_reported()
    {
        Assert.Throws<MissingActorRegistryEntryException>(() => _registry.Get<string>());
        Assert.False(_registry.TryGet<string>(out _));
    }

    [Fact]
    public void A_key_is_overwritten_only_on_demand()
    {
        var other = CreateTestProbe().Ref;
        _registry.Register<string>(TestActor);

        Assert.Throws<DuplicateActorRegistryException>(() => _registry.Register<string>(other));
        Assert.False(_registry.TryRegister<string>(other));
        Assert.Equal(TestActor, _registry.Get<string>());
        Assert.True(_registry.TryRegister(typeof(string), other, overwrite: true));
        Assert.Equal(other, _registry.Get<string>());
    }

    [Fact]
    public async Task An_actor_is_waited_for_until_it_is_registered()
    {
        var first = _registry.GetAsync<string>();
        var second = _registry.GetAsync(typeof(string));
        using var patience = new CancellationTokenSource();
        var impatient = _registry.GetAsync<string>(patience.Token);
        Assert.False(first.IsCompleted);

        patience.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        _registry.Register<string>(TestActor);

        Assert.Equal(TestActor, await first);
        Assert.Equal(TestActor, await second);
        Assert.Equal(TestActor, await _registry.GetAsync<string>());
    }
}
