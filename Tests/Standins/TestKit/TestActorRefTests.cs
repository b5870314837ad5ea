using Akka.Actor;
using Akka.TestKit;
using TestKit = Akka.TestKit.Xunit2.TestKit;

namespace WebChat.Tests.Standins.AkkaTestKit;

public class TestActorRefTests : TestKit
{
    [Fact]
    public void A_message_has_been_handled_when_the_call_returns()
    {
        var counter = ActorOfAsTestActorRef<Counter>("counter");

        counter.Tell(1);
        counter.Tell(2);

        Assert.Equal(3, counter.UnderlyingActor.Sum);
        Assert.Equal(Environment.CurrentManagedThreadId, counter.UnderlyingActor.Thread);
        Assert.Equal("counter", counter.Path.Name);
    }

    [Fact]
    public void A_failure_comes_out_where_a_message_is_handed_over()
    {
        var counter = ActorOfAsTestActorRef<Counter>(Props.Create(() => new Counter(5)));

        Assert.Throws<InvalidOperationException>(() => counter.Receive("fail"));
        counter.Receive(1);

        Assert.Equal(6, counter.UnderlyingActor.Sum);
    }

    [Fact]
    public void A_restart_makes_a_new_instance()
    {
        var counter = ActorOfAsTestActorRef(() => new Counter(5));
        var before = counter.UnderlyingActor;

        EventFilter.Exception<InvalidOperationException>("as told").ExpectOne(() => counter.Tell("fail"));

        AwaitAssert(() => Assert.NotSame(before, counter.UnderlyingActor));
    }

    [Fact]
    public void An_actor_may_be_made_below_another_one()
    {
        var parent = CreateTestProbe();

        var counter = ActorOfAsTestActorRef<Counter>(parent, "child");

        Assert.Equal(parent.Ref.Path, counter.Path.Parent);
    }

    [Fact]
    public void An_actor_on_the_calling_thread_may_send_to_another_one()
    {
        var first = ActorOfAsTestActorRef<Counter>();
        var sender = ActorOf(Props.Create(() => new Forwarder(first)).WithDispatcher(CallingThreadDispatcher.Id));

        sender.Tell(new Identify(1), TestActor);
        ExpectMsg<ActorIdentity>();
        sender.Tell(7);

        Assert.Equal(7, first.UnderlyingActor.Sum);
    }

    private sealed class Counter : ReceiveActor
    {
        public Counter() : this(0)
        {
        }

        public Counter(int start)
        {
            Sum = start;
            Receive<int>(i =>
            {
                Thread = Environment.CurrentManagedThreadId;
                Sum += i;
            });
            Receive<string>(_ => throw new InvalidOperationException("as told"));
        }

        public int Sum { get; private set; }

        public int Thread { get; private set; }
    }

    private sealed class Forwarder : ReceiveActor
    {
        public Forwarder(IActorRef target) => ReceiveAny(target.Forward);
    }
}
