using Akka.Actor;

namespace WebChat.Tests.Standins.Akka;

public sealed class TimerTests : IAsyncLifetime
{
    private readonly ActorSystem _system = TestSystem.Create();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public async Task A_single_timer_sends_once_and_is_gone()
    {
        var ear = new Ear(_system);
        _system.ActorOf(Timed(ear, a => a.Timers.StartSingleTimer("key", "tick", TimeSpan.FromMilliseconds(1))));
        await ear.Hears("tick", "active: ");
    }

    [Fact]
    public async Task A_periodic_timer_goes_on()
    {
        var ear = new Ear(_system);
        _system.ActorOf(Timed(ear, a => a.Timers.StartPeriodicTimer("key", "tick", TimeSpan.FromMilliseconds(1))));
        for (var i = 0; i < 5; i++) await ear.Hears("tick", "active: key");
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("cancel all")]
    [InlineData("replace")]
    [InlineData("restart")]
    public async Task No_tick_arrives_that_was_in_the_mailbox_when_its_timer_ended(string how)
    {
        var ear = new Ear(_system);
        using var due = new ManualResetEventSlim();
        var actor = _system.ActorOf(Timed(ear, a =>
        {
            if (a.WasRestarted) return;
            a.Timers.StartSingleTimer("key", "stale", TimeSpan.Zero);

            // The scheduler works in the order of what is due: once this has run, the tick is in the mailbox.
            a.Here.System.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromMilliseconds(1), due.Set);
            due.Wait(Ear.Patience);
            switch (how)
            {
                case "cancel":
                    a.Timers.Cancel("key");
                    break;
                case "cancel all":
                    a.Timers.CancelAll();
                    break;
                case "replace":
                    a.Timers.StartSingleTimer("key", "fresh", TimeSpan.FromMilliseconds(1));
                    break;
                default:
                    a.Me.Tell(new InvalidOperationException());
                    break;
            }
        }));
        if (how == "restart")
        {
            // The failing message came behind the tick, which is therefore heard once and not again.
            await ear.Hears("stale", "active: ");
        }

        if (how == "replace") await ear.Hears("fresh", "active: ");
        actor.Tell("marker");
        await ear.Hears("marker", "active: ");
    }

    [Fact]
    public async Task A_restart_cancels_the_timers()
    {
        var ear = new Ear(_system);
        var actor = _system.ActorOf(Timed(ear, a =>
        {
            if (!a.WasRestarted) a.Timers.StartPeriodicTimer("old", "tick", TimeSpan.FromHours(1));
        }));
        actor.Tell("before");
        await ear.Hears("before", "active: old");
        actor.Tell(new InvalidOperationException());
        actor.Tell("after");
        await ear.Hears("after", "active: ");
    }

    [Fact]
    public async Task Timers_are_known_by_their_keys()
    {
        var ear = new Ear(_system);
        var actor = _system.ActorOf(Timed(ear, a =>
        {
            a.Timers.StartSingleTimer(1, "x", TimeSpan.FromHours(1));
            a.Timers.StartSingleTimer(2, "y", TimeSpan.FromHours(1));
            a.Timers.StartSingleTimer(1, "z", TimeSpan.FromHours(1));
            Assert.True(a.Timers.IsTimerActive(1));
            a.Timers.Cancel(2);
            Assert.False(a.Timers.IsTimerActive(2));
        }));
        actor.Tell("now");
        await ear.Hears("now", "active: 1");
    }

    [Fact]
    public async Task Without_messages_the_receive_timeout_comes_again_and_again()
    {
        var ear = new Ear(_system);
        _system.ActorOf(Acting.Of(a =>
        {
            a.Here.SetReceiveTimeout(TimeSpan.FromMilliseconds(2));
            a.OnAny(ear.Ref.Tell);
        }));
        for (var i = 0; i < 3; i++) await ear.Next<ReceiveTimeout>();
    }

    [Fact]
    public async Task A_receive_timeout_that_was_taken_back_does_not_come()
    {
        var ear = new Ear(_system);
        using var due = new ManualResetEventSlim();
        var actor = _system.ActorOf(Acting.Of(a =>
        {
            a.Here.SetReceiveTimeout(TimeSpan.FromMilliseconds(1));
            a.Here.System.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromMilliseconds(2), due.Set);
            due.Wait(Ear.Patience);
            a.Here.SetReceiveTimeout(null);
            Assert.Null(a.Here.ReceiveTimeout);
            a.OnAny(ear.Ref.Tell);
        }));
        actor.Tell("marker");
        await ear.Hears("marker");
        await ear.HearsNoMore();
    }

    [Fact]
    public async Task Messages_that_do_not_count_leave_the_receive_timeout_alone()
    {
        var ear = new Ear(_system);
        _system.ActorOf(Acting.Of(a =>
        {
            a.Here.SetReceiveTimeout(TimeSpan.FromMilliseconds(20));
            a.On<ReceiveTimeout>(ear.Ref.Tell);
            a.On<Uncounted>(m => a.Here.System.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(1), a.Me, m, a.Me));
            a.Me.Tell(new Uncounted());
        }));
        await ear.Next<ReceiveTimeout>();
    }

    private static Props Timed(Ear ear, Action<Timing> start) => Props.Create(() => new Timing(ear.Ref, start));

    private sealed class Uncounted : INotInfluenceReceiveTimeout;

    private sealed class Timing : ReceiveActor, IWithTimers
    {
        private readonly Action<Timing> _start;

        public Timing(IActorRef ear, Action<Timing> start)
        {
            _start = start;
            Receive<Exception>(e => throw e);
            ReceiveAny(m =>
            {
                ear.Tell(m);
                ear.Tell("active: " + string.Join(",", Timers.ActiveTimers));
            });
        }

        public ITimerScheduler Timers { get; set; } = null!;

        public bool WasRestarted { get; private set; }

        public IActorContext Here => Context;

        public IActorRef Me => Self;

        protected override void PreStart() => _start(this);

        protected override void PostRestart(Exception reason)
        {
            WasRestarted = true;
            base.PostRestart(reason);
        }
    }
}
