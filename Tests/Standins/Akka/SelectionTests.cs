using Akka.Actor;
using Akka.Event;

namespace WebChat.Tests.Standins.Akka;

public sealed class SelectionTests : IAsyncLifetime
{
    private readonly ActorSystem _system = TestSystem.Create();

    public async Task InitializeAsync()
    {
        foreach (var name in new[] { "a1", "a2", "b" })
        {
            var top = _system.ActorOf(
                Acting.Of(a =>
                {
                    foreach (var child in new[] { "x", "y" })
                    {
                        a.Here.ActorOf(
                            Acting.Of(c =>
                            {
                                c.On<string>(_ => c.From.Tell(c.Me));
                                c.On<Func<IActorContext, ActorSelection>>(select => select(c.Here).Tell("who", c.From));
                            }),
                            child);
                    }

                    a.On<string>(_ => a.From.Tell(a.Me));
                }),
                name);
            await top.Ask("ready", Ear.Patience);
        }
    }

    public Task DisposeAsync() => _system.Terminate();

    [Theory]
    [InlineData("/user/b", "b")]
    [InlineData("user/b", "b")]
    [InlineData("akka://test/user/b", "b")]
    [InlineData("/user/b/x", "b/x")]
    [InlineData("/user/a*", "a1 a2")]
    [InlineData("/user/a?", "a1 a2")]
    [InlineData("/user/*/x", "a1/x a2/x b/x")]
    [InlineData("/user/b/*", "b/x b/y")]
    [InlineData("/user/b/x/../y", "b/y")]
    [InlineData("/user/b/**", "b/x b/y")]
    public async Task A_path_selects_whoever_lives_there(string path, string expected)
    {
        var ear = new Ear(_system);
        _system.ActorSelection(path).Tell("who", ear.Ref);
        var found = new List<string>();
        foreach (var _ in expected.Split(' ')) found.Add(string.Join('/', (await ear.Next<IActorRef>()).Path.Elements.Skip(1)));
        Assert.Equal(expected, string.Join(' ', found.Order(StringComparer.Ordinal)));
        await ear.HearsNoMore();
    }

    [Theory]
    [InlineData("../y", "/user/b/y")]
    [InlineData("../../a1", "/user/a1")]
    [InlineData("/user/a2", "/user/a2")]
    public async Task A_path_may_be_relative_to_an_actor(string path, string expected)
    {
        var ear = new Ear(_system);
        _system.ActorSelection("/user/b/x").Tell((Func<IActorContext, ActorSelection>)(c => c.ActorSelection(path)), ear.Ref);
        Assert.Equal(expected, (await ear.Next<IActorRef>()).Path.ToStringWithoutAddress());
    }

    [Fact]
    public async Task A_selection_resolves_to_the_actor_that_answers()
    {
        var actor = await _system.ActorSelection("/user/b/x").ResolveOne(Ear.Patience);
        Assert.Equal("akka://test/user/b/x", actor.Path.ToString());
        Assert.NotEqual(0, actor.Path.Uid);
        await Assert.ThrowsAsync<ActorNotFoundException>(() => _system.ActorSelection("/user/nobody").ResolveOne(Ear.Patience));
    }

    [Fact]
    public async Task A_message_to_a_place_where_nobody_lives_is_a_dead_letter()
    {
        var ear = new Ear(_system);
        _system.EventStream.Subscribe(ear.Ref, typeof(DeadLetter));
        _system.ActorSelection("/user/b/nobody/deeper").Tell("lost", ear.Ref);
        var letter = await ear.Next<DeadLetter>();
        Assert.Equal("lost", letter.Message);
        Assert.Equal("/user/b/nobody/deeper", letter.Recipient.Path.ToStringWithoutAddress());
    }

    [Fact]
    public async Task Identify_is_answered_by_every_actor_and_for_those_that_are_not_there()
    {
        var ear = new Ear(_system);
        _system.ActorSelection("/user/b").Tell(new Identify(1), ear.Ref);
        var identity = await ear.Next<ActorIdentity>();
        Assert.Equal(1, identity.MessageId);
        Assert.Equal("b", identity.Subject!.Path.Name);
        _system.ActorSelection("/user/nobody").Tell(new Identify(2), ear.Ref);
        identity = await ear.Next<ActorIdentity>();
        Assert.Equal(2, identity.MessageId);
        Assert.Null(identity.Subject);
    }

    [Fact]
    public void The_guardians_and_the_dead_letters_have_their_places()
    {
        var provider = ((ExtendedActorSystem)_system).Provider;
        Assert.Equal("akka://test/user", provider.ResolveActorRef("akka://test/user").Path.ToString());
        Assert.Equal("akka://test/system", provider.ResolveActorRef("akka://test/system").Path.ToString());
        Assert.Equal(_system.DeadLetters, provider.ResolveActorRef("akka://test/deadLetters"));
        Assert.Equal("akka://test/", provider.RootPath.ToString());
    }

    [Fact]
    public async Task An_actor_is_found_again_by_its_written_path_and_then_its_successor_by_its_own()
    {
        var provider = ((ExtendedActorSystem)_system).Provider;
        var actor = _system.ActorOf(Acting.Of(_ => { }), "once");
        var written = actor.Path.ToSerializationFormat();
        Assert.Equal(actor, provider.ResolveActorRef(written));
        await actor.GracefulStop(Ear.Patience);
        var watcher = new Ear(_system);
        _system.ActorOf(Acting.Of(a =>
        {
            a.Here.Watch(actor);
            a.On<Terminated>(_ => watcher.Ref.Tell(_system.ActorOf(Acting.Of(_ => { }), "once")));
        }));
        var successor = await watcher.Next<IActorRef>();
        Assert.NotEqual(actor, successor);
        Assert.Equal(successor, provider.ResolveActorRef(successor.Path.ToString()));
    }
}
