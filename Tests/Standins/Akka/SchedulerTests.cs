using Akka.Actor;

namespace WebChat.Tests.Standins.Akka;

public sealed class SchedulerTests : IAsyncLifetime
{
    private readonly ActorSystem _system = TestSystem.Create();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public async Task Every_message_comes_and_none_before_it_is_due()
    {
        var ear = new Ear(_system);
        var clock = _system.Scheduler;
        foreach (var delay in new[] { 30, 10, 20, 0, 25 })
            clock.ScheduleTellOnce(TimeSpan.FromMilliseconds(delay), ear.Ref, clock.MonotonicClock + TimeSpan.FromMilliseconds(delay), ActorRefs.NoSender);
        for (var i = 0; i < 5; i++) Assert.True(await ear.Next<TimeSpan>() <= clock.MonotonicClock);
    }

    [Fact]
    public async Task What_was_cancelled_does_not_come()
    {
        var ear = new Ear(_system);
        var scheduler = _system.Scheduler;
        // Long enough that a busy machine comes to cancel it before it is due.
        var cancelable = scheduler.ScheduleTellOnceCancelable(TimeSpan.FromMilliseconds(400), ear.Ref, "cancelled", ActorRefs.NoSender);
        cancelable.Cancel();
        scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(401), ear.Ref, "comes", ActorRefs.NoSender, Cancelable.CreateCanceled());
        scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(410), ear.Ref, "marker", ActorRefs.NoSender);
        await ear.Hears("marker");
        Assert.True(cancelable.IsCancellationRequested);
        Assert.True(cancelable.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task Repetition_goes_on_until_it_is_cancelled()
    {
        var ear = new Ear(_system);
        var cancelable = _system.Scheduler.ScheduleTellRepeatedlyCancelable(TimeSpan.Zero, TimeSpan.FromMilliseconds(1), ear.Ref, "again", ear.Ref);
        for (var i = 0; i < 5; i++)
        {
            await ear.Hears("again");
            Assert.Equal(ear.Ref, ear.LastSender);
        }

        cancelable.Cancel();
        _system.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(5), ear.Ref, "marker", ActorRefs.NoSender);
        while (await ear.Next<string>() != "marker")
        {
        }

        await ear.HearsNoMore();
    }

    [Fact]
    public async Task Delegates_run_and_one_that_throws_harms_no_other()
    {
        var ran = new TaskCompletionSource();
        _system.Scheduler.Advanced.ScheduleOnce(TimeSpan.Zero, () => throw new InvalidOperationException());
        _system.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromMilliseconds(1), ran.SetResult);
        await ran.Task.WaitAsync(Ear.Patience);
    }

    [Fact]
    public void Times_that_make_no_sense_are_refused()
    {
        var scheduler = _system.Scheduler;
        Assert.Throws<ArgumentOutOfRangeException>(() => scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(-1), _system.DeadLetters, "x", null));
        Assert.Throws<ArgumentOutOfRangeException>(() => scheduler.ScheduleTellRepeatedly(TimeSpan.Zero, TimeSpan.Zero, _system.DeadLetters, "x", null));
    }

    [Fact]
    public async Task Thousands_of_timers_all_come_and_cancelling_half_of_them_leaves_the_rest()
    {
        var ear = new Ear(_system);
        var random = new Random(7);
        for (var i = 0; i < 4_000; i++)
        {
            var cancelable = _system.Scheduler.ScheduleTellOnceCancelable(TimeSpan.FromMilliseconds(50 + random.Next(50)), ear.Ref, i, ActorRefs.NoSender);
            if (i % 2 == 1) cancelable.Cancel();
        }

        var heard = new List<int>();
        for (var i = 0; i < 2_000; i++) heard.Add(await ear.Next<int>());
        Assert.Equal(Enumerable.Range(0, 2_000).Select(i => i * 2), heard.Order());
    }

    [Fact]
    public async Task A_cancelable_can_be_cancelled_later_and_linked()
    {
        var first = new Cancelable(_system.Scheduler);
        var linked = Cancelable.CreateLinkedCancelable(_system.Scheduler, first);
        var cancelled = new TaskCompletionSource();
        linked.Token.Register(cancelled.SetResult);
        first.CancelAfter(TimeSpan.FromMilliseconds(1));
        await cancelled.Task.WaitAsync(Ear.Patience);
        Assert.True(linked.IsCancellationRequested);
    }

    [Fact]
    public async Task After_the_system_has_terminated_nothing_can_be_scheduled()
    {
        var system = TestSystem.Create();
        await system.Terminate();
        Assert.Throws<SchedulerException>(() => system.Scheduler.ScheduleTellOnce(TimeSpan.Zero, system.DeadLetters, "x", null));
    }
}
