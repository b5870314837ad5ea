using Akka.Actor;
using Akka.TestKit;
using TestKit = Akka.TestKit.Xunit2.TestKit;

namespace WebChat.Tests.Standins.AkkaTestKit;

public class TestSchedulerTests() : TestKit("""akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void Time_passes_only_when_it_is_told_to()
    {
        var start = Scheduler.Now;
        Scheduler.ScheduleTellOnce(Second, TestActor, "due", ActorRefs.NoSender);

        Scheduler.Advance(Second - TimeSpan.FromTicks(1));
        Assert.False(HasMessages);
        Scheduler.AdvanceTo(start + Second);

        ExpectMsg("due");
        Assert.Equal(start + Second, Scheduler.Now);
        Assert.Throws<InvalidOperationException>(() => Scheduler.AdvanceTo(start));
    }

    [Fact]
    public void What_is_due_comes_in_order_once_the_time_has_passed()
    {
        var start = Scheduler.Now;
        var seen = new List<(string, TimeSpan)>();
        Scheduler.Advanced.ScheduleOnce(2 * Second, () => seen.Add(("two", Scheduler.Now - start)));
        Scheduler.Advanced.ScheduleOnce(Second, () =>
        {
            seen.Add(("one", Scheduler.Now - start));
            Scheduler.Advanced.ScheduleOnce(Second / 2, () => seen.Add(("then", Scheduler.Now - start)));
        });

        Scheduler.Advance(3 * Second);
        Assert.Equal([("one", 3 * Second), ("two", 3 * Second)], seen);
        Scheduler.Advance(Second / 2);

        Assert.Equal(("then", 3.5 * Second), seen[^1]);
    }

    [Fact]
    public void What_repeats_does_so_once_a_leap_until_it_is_cancelled()
    {
        var cancelable = Scheduler.ScheduleTellRepeatedlyCancelable(Second, 2 * Second, TestActor, "tick", ActorRefs.NoSender);

        Scheduler.Advance(5 * Second);
        ExpectMsg("tick");
        Scheduler.Advance(Second);
        Assert.False(HasMessages);
        Scheduler.Advance(Second);
        ExpectMsg("tick");
        Scheduler.Advance(2 * Second);
        ExpectMsg("tick");
        cancelable.Cancel();
        Scheduler.Advance(5 * Second);

        Assert.False(HasMessages);
    }

    [Fact]
    public void Timers_of_actors_go_by_virtual_time()
    {
        var timed = ActorOf(Props.Create(() => new Timed(TestActor)).WithDispatcher(CallingThreadDispatcher.Id));

        timed.Tell("started");
        ExpectMsg("started");

        for (var i = 0; i < 3; i++)
        {
            Scheduler.Advance(Second);
            ExpectMsg("tick");
        }
        timed.Tell("stop");
        Scheduler.Advance(3 * Second);
        Assert.False(HasMessages);
    }

    private sealed class Timed : ReceiveActor, IWithTimers
    {
        public Timed(IActorRef listener)
        {
            Receive<string>(text => text == "stop", _ => Timers.CancelAll());
            Receive<string>(listener.Tell);
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => Timers.StartPeriodicTimer("key", "tick", Second);
    }
}
