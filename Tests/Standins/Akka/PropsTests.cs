using Akka.Actor;

namespace WebChat.Tests.Standins.Akka;

public sealed class PropsTests : IAsyncLifetime
{
    private readonly ActorSystem _system = TestSystem.Create();

    public static TheoryData<Func<Props>, string> Ways => new()
    {
        { () => Props.Create(() => new Saying("one", 2)), "one2" },
        { () => Props.Create<Saying>("one", 2), "one2" },
        { () => Props.Create(typeof(Saying), "one", 2), "one2" },
        { () => new Props(typeof(Saying), ["one", 2]), "one2" },
        { () => Props.Create<Saying>(), "nothing" },
        { () => new Props(typeof(Saying)), "nothing" },
        { () => Props.Create<Saying>(SupervisorStrategy.StoppingStrategy), "nothing" },
        { () => Props.CreateBy(new Producer("produced")), "produced1" },
        { () => Props.CreateBy<Producer>("produced"), "produced1" },
    };

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Props_make_an_actor(Func<Props> props, string expected)
    {
        var actor = _system.ActorOf(props());
        Assert.Equal(expected, await actor.Ask<string>("?", Ear.Patience));
    }

    [Fact]
    public async Task The_arguments_of_an_expression_are_evaluated_once()
    {
        var calls = 0;
        Func<string> argument = () => "call" + ++calls;
        var props = Props.Create(() => new Saying(argument(), calls + 1));
        Assert.Equal("call12", await _system.ActorOf(props).Ask<string>("?", Ear.Patience));
        Assert.Equal("call12", await _system.ActorOf(props).Ask<string>("?", Ear.Patience));
        Assert.Equal(typeof(Saying), props.Type);
        Assert.Equal(["call1", 2], props.Arguments);
    }

    [Fact]
    public void An_expression_must_be_a_constructor_call()
    {
        Func<Saying> make = () => throw new NotSupportedException();
        Assert.ThrowsAny<Exception>(() => Props.Create(() => make()));
    }

    [Fact]
    public async Task A_producer_makes_each_instance_and_gets_each_back()
    {
        var producer = new Producer("x");
        var actor = _system.ActorOf(Props.CreateBy(producer));
        actor.Tell("fail");
        Assert.Equal("x2", await actor.Ask<string>("?", Ear.Patience));
        await actor.GracefulStop(Ear.Patience);
        Assert.Equal(2, producer.Released);
    }

    [Fact]
    public async Task An_actor_that_cannot_be_made_fails_its_initialisation()
    {
        var ear = new Ear(_system);
        _system.ActorOf(Acting.Of(a =>
        {
            a.Strategy = () => new OneForOneStrategy(e =>
            {
                ear.Ref.Tell(e);
                return Directive.Stop;
            });
            a.Here.ActorOf(Props.Create<Saying>("of no such", "constructor"));
        }));
        var failure = await ear.Next<ActorInitializationException>();
        Assert.NotNull(failure.InnerException);
    }

    [Fact]
    public void Changes_leave_the_original_as_it_was()
    {
        var props = Props.Create<Saying>();
        var changed = props.WithDispatcher("some.dispatcher").WithSupervisorStrategy(SupervisorStrategy.StoppingStrategy).WithStashCapacity(3);
        Assert.Null(props.SupervisorStrategy);
        Assert.Equal(Deploy.NoDispatcherGiven, props.Deploy.Dispatcher);
        Assert.Equal("some.dispatcher", changed.Deploy.Dispatcher);
        Assert.Same(SupervisorStrategy.StoppingStrategy, changed.SupervisorStrategy);
        Assert.Equal(3, changed.Deploy.StashCapacity);
    }

    private sealed class Saying : ReceiveActor
    {
        public Saying()
            : this("nothing")
        {
        }

        public Saying(string text, int number)
            : this(text + number)
        {
        }

        public Saying(string text)
        {
            Receive<string>(m => m == "fail", _ => throw new InvalidOperationException("told to fail"));
            ReceiveAny(_ => Sender.Tell(text));
        }

    }

    private sealed class Producer(string text) : IIndirectActorProducer
    {
        private int _made;

        public int Released { get; private set; }

        public Type ActorType => typeof(Saying);

        public ActorBase Produce() => new Saying(text, ++_made);

        public void Release(ActorBase actor) => Released++;
    }
}
