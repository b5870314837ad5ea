using Akka.Actor;
using Akka.Event;

namespace WebChat.Tests.Standins.Akka;

public sealed class ReceiveActorTests : IAsyncLifetime
{
    private readonly ActorSystem _system = TestSystem.Create();

    private interface IMarked
    {
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Theory]
    [InlineData("small", "string")]
    [InlineData("a long string", "long string")]
    [InlineData(3, "odd")]
    [InlineData(4, "even by func")]
    [InlineData(6, "int")]
    [InlineData(2.5, "value type")]
    [InlineData('c', "anything")]
    public async Task The_first_handler_that_fits_gets_the_message(object message, string expected)
    {
        var actor = _system.ActorOf(Props.Create<Sorting>());
        Assert.Equal(expected, await actor.Ask<string>(message, Ear.Patience));
    }

    [Fact]
    public async Task A_handler_of_a_base_type_or_interface_gets_what_derives_from_it()
    {
        var actor = _system.ActorOf(Props.Create<Sorting>());
        Assert.Equal("exception", await actor.Ask<string>(new ArgumentNullException(), Ear.Patience));
        Assert.Equal("interface", await actor.Ask<string>(new Marked(), Ear.Patience));
    }

    [Fact]
    public async Task What_no_handler_takes_is_published_as_unhandled()
    {
        var ear = new Ear(_system);
        _system.EventStream.Subscribe(ear.Ref, typeof(UnhandledMessage));
        var actor = _system.ActorOf(Acting.Of(a => a.On<int>(_ => { })));
        actor.Tell("unknown", ear.Ref);
        var unhandled = await ear.Next<UnhandledMessage>();
        Assert.Equal("unknown", unhandled.Message);
        Assert.Equal(actor, unhandled.Recipient);
        Assert.Equal(ear.Ref, unhandled.Sender);
    }

    [Fact]
    public async Task No_handler_can_follow_one_that_takes_all()
    {
        var ear = new Ear(_system);
        _system.ActorOf(Acting.Of(a =>
        {
            a.OnAny(_ => { });
            ear.Ref.Tell(Assert.Throws<InvalidOperationException>(() => a.On<int>(_ => { })));
        }));
        _system.ActorOf(Acting.Of(a =>
        {
            a.On<object>(_ => { });
            ear.Ref.Tell(Assert.Throws<InvalidOperationException>(() => a.On<int>(_ => { })));
        }));
        await ear.Next<InvalidOperationException>();
        await ear.Next<InvalidOperationException>();
    }

    [Fact]
    public async Task Handlers_are_declared_only_in_a_constructor_or_while_becoming()
    {
        var ear = new Ear(_system);
        var actor = _system.ActorOf(Acting.Of(a => a.On<string>(_ =>
            ear.Ref.Tell(Assert.Throws<InvalidOperationException>(() => a.On<int>(_ => { }))))));
        actor.Tell("try");
        await ear.Next<InvalidOperationException>();
    }

    [Fact]
    public async Task Becoming_replaces_and_stacking_covers()
    {
        var actor = _system.ActorOf(Acting.Of(a =>
        {
            a.On<string>(_ => a.From.Tell("first"));
            a.On<int>(_ => a.Turn(() =>
            {
                a.On<string>(_ => a.From.Tell("second"));
                a.On<int>(_ => a.TurnStacked(() =>
                {
                    a.On<string>(_ => a.From.Tell("third"));
                    a.On<int>(_ => a.TurnBack());
                }));
                a.On<double>(_ => a.TurnBack());
            }));
        }));
        Assert.Equal("first", await actor.Ask<string>("?", Ear.Patience));
        actor.Tell(1);
        Assert.Equal("second", await actor.Ask<string>("?", Ear.Patience));
        actor.Tell(1);
        Assert.Equal("third", await actor.Ask<string>("?", Ear.Patience));
        actor.Tell(1);
        Assert.Equal("second", await actor.Ask<string>("?", Ear.Patience));
        actor.Tell(1.0);
        Assert.Equal("first", await actor.Ask<string>("?", Ear.Patience));
    }

    [Fact]
    public async Task What_an_actor_becomes_in_its_constructor_is_what_it_begins_as()
    {
        var actor = _system.ActorOf(Acting.Of(a =>
        {
            a.On<string>(_ => a.From.Tell("declared"));
            a.Turn(() => a.On<string>(_ => a.From.Tell("become")));
        }));
        Assert.Equal("become", await actor.Ask<string>("?", Ear.Patience));
    }

    [Fact]
    public async Task An_untyped_actor_becomes_methods()
    {
        var actor = _system.ActorOf(Props.Create<Switching>());
        Assert.Equal("off", await actor.Ask<string>("?", Ear.Patience));
        actor.Tell("switch");
        Assert.Equal("on", await actor.Ask<string>("?", Ear.Patience));
        actor.Tell("switch");
        Assert.Equal("off", await actor.Ask<string>("?", Ear.Patience));
    }

    [Fact]
    public async Task Forward_keeps_the_sender()
    {
        var echo = _system.ActorOf(Acting.Of(a => a.OnAny(m => a.From.Tell(m))));
        var middle = _system.ActorOf(Acting.Of(a => a.OnAny(m => echo.Forward(m))));
        Assert.Equal("through", await middle.Ask<string>("through", Ear.Patience));
    }

    [Fact]
    public async Task A_message_from_nobody_has_the_dead_letters_as_sender()
    {
        var ear = new Ear(_system);
        var actor = _system.ActorOf(Acting.Of(a => a.OnAny(_ => ear.Ref.Tell(a.From))));
        actor.Tell("x", ActorRefs.NoSender);
        Assert.Equal(_system.DeadLetters, await ear.Next<IActorRef>());
    }

    private sealed class Marked : IMarked;

    private sealed class Sorting : ReceiveActor
    {
        public Sorting()
        {
            Receive<string>(s => s.Length > 5, _ => Sender.Tell("long string"));
            Receive<string>(_ => Sender.Tell("string"));
            Receive<int>(_ => Sender.Tell("odd"), n => n % 2 == 1);
            Receive<int>(n =>
            {
                if (n != 4) return false;
                Sender.Tell("even by func");
                return true;
            });
            Receive(typeof(int), _ => Sender.Tell("int"));
            Receive<double>(_ => Sender.Tell("value type"));
            Receive<Exception>(_ => Sender.Tell("exception"));
            Receive<IMarked>(_ => Sender.Tell("interface"));
            ReceiveAny(_ => Sender.Tell("anything"));
        }
    }

    private sealed class Switching : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is "switch") Become(On);
            else Sender.Tell("off");
        }

        private void On(object message)
        {
            if (message is "switch") UnbecomeStacked();
            else Sender.Tell("on");
        }
    }
}
