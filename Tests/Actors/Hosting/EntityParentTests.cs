using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;
using Akka.TestKit.Xunit2;
using WebChat.Actors;
using WebChat.Actors.Hosting;

namespace WebChat.Tests.Actors.Hosting;

public sealed class EntityParentTests : TestKit
{
    private readonly AwakeEntities _awake = new();
    private readonly FailingEntities _failing = new();
    private readonly IActorRef _undelivered;

    public EntityParentTests()
        : base("""
            akka.scheduler.implementation = "WebChat.Tests.Actors.VirtualScheduler, Tests"
            akka.test { single-expect-default = 30 s, default-timeout = 30 s }
            """)
    {
        // The answer shows that the actor has subscribed.
        _undelivered = Sys.ActorOf<UndeliveredActor>();
        _undelivered.Tell(new Identify(null), TestActor);
        ExpectMsg<ActorIdentity>();
    }

    private Akka.TestKit.TestScheduler Clock => (Akka.TestKit.TestScheduler)Sys.Scheduler;

    [Fact]
    public void Messages_that_arrive_while_an_entity_passivates_reach_its_successor_in_order()
    {
        var parent = Parent();
        parent.Tell(new Say("a", "passivate"));
        ExpectMsg("stop requested");
        parent.Tell(new Say("a", "one"));
        parent.Tell(new Say("a", "two"));
        parent.Tell(new Say("b", "three"));
        ExpectMsg("b: three");

        Entity("a").Tell("stop now");

        ExpectMsg("a: one");
        ExpectMsg("a: two");
    }

    [Fact]
    public void Requests_to_a_failed_entity_are_refused_until_the_time_in_the_refusal()
    {
        var parent = Parent();
        foreach (var pause in (int[])[200, 400, 800])
        {
            parent.Tell(new Say("a", "die"));
            parent.Tell(new Say("a", "after"));
            Assert.Equal(TimeSpan.FromMilliseconds(pause), ExpectRefusal());
            Clock.Advance(TimeSpan.FromMilliseconds(pause - 50));
            parent.Tell(new Say("a", "early"));
            Assert.Equal(TimeSpan.FromMilliseconds(50), ExpectRefusal());
            Clock.Advance(TimeSpan.FromMilliseconds(50));
            parent.Tell(new Say("a", "hello"));
            ExpectMsg("a: hello");
        }
    }

    [Fact]
    public void A_failed_entity_does_not_affect_others()
    {
        var parent = Parent();
        parent.Tell(new Say("a", "die"));
        parent.Tell(new Say("b", "hello"));

        ExpectMsg("b: hello");
    }

    [Fact]
    public void Awake_entities_are_counted_until_their_parent_stops()
    {
        var parent = Parent();
        parent.Tell(new Say("a", "hello"));
        ExpectMsg("a: hello");
        parent.Tell(new Say("b", "hello"));
        ExpectMsg("b: hello");

        Assert.Equal(2, _awake.Count("echoes"));

        Watch(parent);
        Sys.Stop(parent);

        ExpectTerminated(parent);
        Assert.Equal(0, _awake.Count("echoes"));
    }

    [Fact]
    public void A_parent_whose_entities_move_answers_what_came_before_and_stops_after_them()
    {
        var parent = Watch(Parent());
        parent.Tell(new Say("a", "one"));
        parent.Tell(new Say("b", "two"));

        parent.Tell(EntityParent.HandOver.Instance);

        Assert.Equal(["a: one", "b: two"], ReceiveN(2).Cast<string>().Order());
        ExpectTerminated(parent);
    }

    [Fact]
    public void A_parent_whose_entities_move_starts_none_and_refuses_requests()
    {
        var parent = Watch(Parent());
        parent.Tell(new Say("a", "passivate"));
        ExpectMsg("stop requested");

        parent.Tell(EntityParent.HandOver.Instance);
        parent.Tell(new Say("b", "hello"));
        ExpectRefusal();
        parent.Tell(new Say("a", "hello"));
        Entity("a").Tell("stop now");

        ExpectRefusal();
        ExpectTerminated(parent);
    }

    [Fact]
    public void A_failed_entity_with_work_of_its_own_starts_again_after_its_back_off_without_a_message()
    {
        var parent = Parent(revives: true);
        parent.Tell(new Say("a", "hello"));
        ExpectMsg("a: hello");
        var first = Entity("a");
        parent.Tell(new Say("a", "die"));
        parent.Tell(new Say("a", "after"));
        ExpectRefusal();

        Clock.Advance(TimeSpan.FromMilliseconds(200));

        // The answer shows that the parent has handled its timer.
        parent.Tell(new Identify(null));
        ExpectMsg<ActorIdentity>();
        Assert.Equal(1, _awake.Count("echoes"));
        Assert.NotEqual(first, Entity("a"));
    }

    // Each dead letter makes another one, which must not be given back again.
    [Fact]
    public void A_request_to_an_entity_whose_parent_is_gone_is_dropped()
    {
        var parent = Watch(Parent());
        parent.Tell(new Say("a", "hello"));
        ExpectMsg("a: hello");
        var entity = Entity("a");
        Sys.Stop(parent);
        ExpectTerminated(parent);
        var letters = CreateTestProbe();
        Sys.EventStream.Subscribe(letters, typeof(DeadLetter));

        entity.Tell(new Say("a", "hello"), TestActor);

        Assert.IsType<Say>(letters.ExpectMsg<DeadLetter>().Message);
        Assert.IsType<EntityParent.Undelivered>(letters.ExpectMsg<DeadLetter>().Message);
        _undelivered.Tell(new Identify(null), TestActor);
        ExpectMsg<ActorIdentity>();
        letters.ExpectNoMsg(TimeSpan.Zero);
    }

    private IActorRef Parent(bool revives = false) =>
        Sys.ActorOf(Props.Create(() => new EntityParent("echoes", id => Props.Create(() => new Echo(id)), _awake, _failing, revives, null)), "echoes");

    private IActorRef Entity(string id) => Sys.ActorSelection($"/user/echoes/{id}").ResolveOne(TimeSpan.FromSeconds(30)).Result;

    private TimeSpan? ExpectRefusal()
    {
        var refusal = ExpectMsg<Rejection>();
        Assert.Equal(ErrorCode.Unavailable, refusal.Code);
        return refusal.RetryAfter;
    }

    private sealed record Say(string To, string What) : Request
    {
        public override string EntityId => To;
    }

    private sealed class Echo : ReceiveActor
    {
        private IActorRef _asker = ActorRefs.Nobody;

        public Echo(string id)
        {
            Receive<Say>(say => say.What == "die", _ => Context.Stop(Self));
            Receive<Say>(say => say.What == "passivate", _ =>
            {
                _asker = Sender;
                Context.Parent.Tell(new Passivate("stop"));
            });
            Receive<Say>(say => Sender.Tell($"{id}: {say.What}"));
            Receive<string>(word => word == "stop", _ => _asker.Tell("stop requested"));
            Receive<Stop>(_ => Context.Stop(Self));
            Receive<string>(word => word == "stop now", _ => Context.Stop(Self));
        }
    }
}
