using Akka.Actor;
using Akka.Event;

namespace WebChat.Tests.Standins.Akka;

public sealed class StashTests : IAsyncLifetime
{
    private readonly ActorSystem _system = TestSystem.Create();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public async Task Stashed_messages_come_back_in_order_before_those_that_wait()
    {
        var ear = new Ear(_system);
        using var gate = new ManualResetEventSlim();
        var actor = _system.ActorOf(Props.Create(() => new Stashing(ear.Ref, gate)));
        foreach (var message in new[] { "a", "b", "open", "c" }) actor.Tell(message, ear.Ref);
        gate.Set();
        await ear.Hears("a", "b", "c");
    }

    [Fact]
    public async Task A_stashed_message_keeps_its_sender()
    {
        var actor = _system.ActorOf(Props.Create(() => new Answering()));
        var answer = actor.Ask<string>("question", Ear.Patience);
        actor.Tell("open");
        Assert.Equal("question", await answer);
    }

    [Fact]
    public async Task Unstash_returns_the_oldest_only()
    {
        var ear = new Ear(_system);
        using var open = new ManualResetEventSlim(true);
        var actor = _system.ActorOf(Props.Create(() => new Stashing(ear.Ref, open)));
        foreach (var message in new[] { "a", "b", "c", "one" }) actor.Tell(message);
        await ear.Hears("a");
        await actor.Ask<ActorIdentity>(new Identify(null), Ear.Patience);
        await ear.HearsNoMore();
        actor.Tell("count");
        await ear.Hears(2);
    }

    [Fact]
    public async Task A_restart_returns_the_stash_to_the_mailbox_even_if_PreRestart_is_overridden()
    {
        var ear = new Ear(_system);
        using var open = new ManualResetEventSlim(true);
        var actor = _system.ActorOf(Props.Create(() => new Stashing(ear.Ref, open)));
        foreach (var message in new[] { "a", "b", "fail", "count" }) actor.Tell(message);
        await ear.Hears(2);
        actor.Tell("open");
        await ear.Hears("a", "b");
    }

    [Fact]
    public async Task What_is_stashed_when_the_actor_stops_goes_to_the_dead_letters()
    {
        var ear = new Ear(_system);
        _system.EventStream.Subscribe(ear.Ref, typeof(DeadLetter));
        using var open = new ManualResetEventSlim(true);
        var actor = _system.ActorOf(Props.Create(() => new Stashing(ear.Ref, open)));
        foreach (var message in new[] { "a", "b" }) actor.Tell(message);
        actor.Tell(PoisonPill.Instance);
        Assert.Equal("a", (await ear.Next<DeadLetter>()).Message);
        Assert.Equal("b", (await ear.Next<DeadLetter>()).Message);
    }

    [Fact]
    public async Task One_message_cannot_be_stashed_twice()
    {
        var ear = new Ear(_system);
        using var open = new ManualResetEventSlim(true);
        var actor = _system.ActorOf(Props.Create(() => new Stashing(ear.Ref, open)));
        actor.Tell("twice");
        await ear.Next<IllegalActorStateException>();
    }

    [Fact]
    public async Task A_watched_death_can_be_stashed()
    {
        var ear = new Ear(_system);
        using var open = new ManualResetEventSlim(true);
        var target = _system.ActorOf(Acting.Of(_ => { }));
        var actor = _system.ActorOf(Props.Create(() => new Stashing(ear.Ref, open)));
        actor.Tell(target);
        _system.Stop(target);
        await ear.Hears("stashed a death");
        actor.Tell("open");
        await ear.Hears(target);
    }

    private sealed class Stashing : ReceiveActor, IWithUnboundedStash
    {
        public Stashing(IActorRef ear, ManualResetEventSlim gate)
        {
            Receive<IActorRef>(target => Context.Watch(target));
            Receive<string>(message =>
            {
                gate.Wait(Ear.Patience);
                switch (message)
                {
                    case "open":
                        Become(() => ReceiveAny(m => ear.Tell(m is Terminated terminated ? terminated.ActorRef : m)));
                        Stash.UnstashAll();
                        break;
                    case "one":
                        BecomeStacked(() => ReceiveAny(m =>
                        {
                            ear.Tell(m);
                            UnbecomeStacked();
                        }));
                        Stash.Unstash();
                        break;
                    case "count":
                        ear.Tell(Stash.Count);
                        break;
                    case "fail":
                        throw new InvalidOperationException();
                    case "twice":
                        Stash.Stash();
                        ear.Tell(Assert.Throws<IllegalActorStateException>(() => Stash.Stash()));
                        break;
                    default:
                        Stash.Stash();
                        break;
                }
            });
            Receive<Terminated>(_ =>
            {
                Stash.Stash();
                ear.Tell("stashed a death");
            });
        }

        public IStash Stash { get; set; } = null!;

        protected override void PreRestart(Exception reason, object message)
        {
        }
    }

    private sealed class Answering : UntypedActorWithStash
    {
        protected override void OnReceive(object message)
        {
            if (message is "open")
            {
                Become(m => Sender.Tell(m));
                Stash.UnstashAll();
            }
            else
            {
                Stash.Stash();
            }
        }
    }
}
