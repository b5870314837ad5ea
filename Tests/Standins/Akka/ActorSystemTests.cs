using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace WebChat.Tests.Standins.Akka;

public sealed class ActorSystemTests : IAsyncLifetime
{
    private readonly ActorSystem _system = TestSystem.Create(
        """
        own.setting = 42
        my-dispatcher {
          type = "WebChat.Tests.Standins.Akka.ActorSystemTests+InlineConfigurator, Tests"
          throughput = 7
        }
        fair-dispatcher { type = Dispatcher, throughput = 1 }
        akka.extensions = ["WebChat.Tests.Standins.Akka.ActorSystemTests+CounterId, Tests"]
        """);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public void The_configuration_lies_over_the_defaults()
    {
        Assert.Equal(42, _system.Settings.Config.GetInt("own.setting"));
        Assert.Equal(30, _system.Settings.Config.GetInt("akka.actor.default-dispatcher.throughput"));
        _system.Settings.InjectTopLevelFallback(ConfigurationFactory.ParseString("own { setting = 1, more = 2 }"));
        Assert.Equal(42, _system.Settings.Config.GetInt("own.setting"));
        Assert.Equal(2, _system.Settings.Config.GetInt("own.more"));
    }

    [Fact]
    public async Task Setups_are_kept_by_type()
    {
        var bootstrap = BootstrapSetup.Create()
            .WithConfig(TestSystem.With("a = 1"))
            .WithConfigFallback(ConfigurationFactory.ParseString("a = 2, b = 3"))
            .WithActorRefProvider(ProviderSelection.Local.Instance);
        var setup = ActorSystemSetup.Create(bootstrap, new OwnSetup("first")).And(new OwnSetup("second"));
        var system = ActorSystem.Create("test", setup);
        Assert.Equal("second", system.Settings.Setup.Get<OwnSetup>().Value.Text);
        Assert.Equal(1, system.Settings.Config.GetInt("a"));
        Assert.Equal(3, system.Settings.Config.GetInt("b"));
        Assert.False(ActorSystemSetup.Empty.Get<OwnSetup>().HasValue);
        await system.Terminate();
    }

    [Fact]
    public async Task An_actor_runs_on_the_dispatcher_that_its_props_name()
    {
        var thread = 0;
        var actor = _system.ActorOf(Acting.Of(a => a.On<string>(_ => thread = Environment.CurrentManagedThreadId)).WithDispatcher("my-dispatcher"));
        await actor.Ask<ActorIdentity>(new Identify(1), Ear.Patience);
        actor.Tell("run here");
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
        Assert.Equal(1, _system.Dispatchers.Lookup("fair-dispatcher").Throughput);
        var fair = _system.ActorOf(Acting.Of(a => a.OnAny(m => a.From.Tell(m))).WithDispatcher("fair-dispatcher"));
        Assert.Equal("x", await fair.Ask<string>("x", Ear.Patience));
        Assert.Throws<ConfigurationException>(() => _system.ActorOf(Acting.Of(_ => { }).WithDispatcher("no-such"), "never"));
        _system.ActorOf(Acting.Of(_ => { }), "never");
    }

    [Fact]
    public async Task Actors_that_run_inline_tell_each_other_without_losing_their_place()
    {
        var heard = new List<string>();
        var second = _system.ActorOf(Acting.Of(a => a.On<string>(m =>
        {
            heard.Add(m);
            a.From.Tell(m.Length);
        })).WithDispatcher("my-dispatcher"));
        var first = _system.ActorOf(Acting.Of(a =>
        {
            a.On<string>(m =>
            {
                second.Tell(m);
                heard.Add($"{m} passed on by {a.Here.Self.Path.Name}");
            });
            a.On<int>(n => heard.Add(n.ToString()));
        }).WithDispatcher("my-dispatcher"), "first");
        await second.Ask<ActorIdentity>(new Identify(1), Ear.Patience);
        await first.Ask<ActorIdentity>(new Identify(1), Ear.Patience);
        first.Tell("hello");
        Assert.Equal(["hello", "hello passed on by first", "5"], heard);
    }

    [Fact]
    public void An_extension_is_made_once_and_those_of_the_configuration_at_the_start()
    {
        Assert.True(_system.HasExtension<Counter>());
        var counter = _system.WithExtension<Counter, CounterId>();
        Assert.Same(counter, new CounterId().Apply(_system));
        Assert.Same(counter, new CounterId().Get(_system));
        Assert.Same(counter, _system.GetExtension<Counter>());
        Assert.True(_system.TryGetExtension<Counter>(out var found));
        Assert.Same(counter, found);
        Assert.Equal(1, counter.Made);
        Assert.False(_system.HasExtension<Other>());
        Assert.False(_system.TryGetExtension<Other>(out _));
    }

    [Fact]
    public void System_actors_live_beside_those_of_users()
    {
        var actor = ((ExtendedActorSystem)_system).SystemActorOf(Acting.Of(_ => { }), "own");
        Assert.Equal("akka://test/system/own", actor.Path.ToString());
    }

    [Fact]
    public void Nobody_is_nobody()
    {
        Assert.True(ActorRefs.Nobody.IsNobody());
        Assert.True(ActorRefs.NoSender.IsNobody());
        Assert.True(_system.DeadLetters.IsNobody());
        Assert.Same(_system.DeadLetters, ActorRefs.Nobody.GetOrElse(() => _system.DeadLetters));
        ActorRefs.Nobody.Tell("lost");
    }

    private sealed class OwnSetup(string text) : Setup
    {
        public string Text { get; } = text;
    }

    private sealed class Counter(int made) : IExtension
    {
        public int Made { get; } = made;
    }

    private sealed class Other : IExtension;

    private sealed class CounterId : ExtensionIdProvider<Counter>
    {
        private int _made;

        public override Counter CreateExtension(ExtendedActorSystem system) => new(++_made);
    }

    public sealed class InlineConfigurator(Config config, IDispatcherPrerequisites prerequisites) : MessageDispatcherConfigurator(config, prerequisites)
    {
        private Inline? _dispatcher;

        public override MessageDispatcher Dispatcher() => _dispatcher ??= new Inline(this);
    }

    private sealed class Inline(MessageDispatcherConfigurator configurator) : MessageDispatcher(configurator)
    {
        protected override void ExecuteTask(IRunnable run) => run.Run();

        protected override void Shutdown()
        {
        }
    }
}
