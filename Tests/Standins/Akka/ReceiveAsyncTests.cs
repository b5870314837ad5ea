using Akka.Actor;

namespace WebChat.Tests.Standins.Akka;

public sealed class ReceiveAsyncTests : IAsyncLifetime
{
    private readonly ActorSystem _system = TestSystem.Create();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public async Task The_next_message_waits_until_the_task_has_ended()
    {
        var ear = new Ear(_system);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = _system.ActorOf(Acting.Of(a =>
        {
            a.OnAsync<int>(async n =>
            {
                ear.Ref.Tell($"{n} begins");
                await gate.Task;
                await Task.Yield();
                ear.Ref.Tell($"{n} ends");
            });
            a.On<string>(m => ear.Ref.Tell(m));
        }));
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("after");
        await ear.Hears("1 begins");
        await ear.HearsNoMore();
        gate.SetResult();
        await ear.Hears("1 ends", "2 begins", "2 ends", "after");
    }

    [Fact]
    public async Task What_follows_an_await_runs_in_the_actor_with_the_same_sender()
    {
        var actor = _system.ActorOf(
            Acting.Of(a => a.OnAsync<string>(async m =>
            {
                await Task.Delay(1);
                var after = (a.From, a.Here.Self, a.Me);
                await Task.Run(() => { });
                a.From.Tell((m, after.Equals((a.From, a.Here.Self, a.Me)), a.Here.Self));
            })),
            "asynchronous");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => actor.Ask<(string, bool, IActorRef)>(i.ToString(), Ear.Patience)));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (i.ToString(), true, actor)), answers);
    }

    [Fact]
    public async Task State_is_safe_without_locks()
    {
        var count = 0;
        var actor = _system.ActorOf(Acting.Of(a =>
        {
            a.OnAsync<int>(async _ =>
            {
                var before = count;
                await Task.Yield();
                count = before + 1;
            });
            a.On<string>(_ => a.From.Tell(count));
        }));
        for (var i = 0; i < 1_000; i++) actor.Tell(i);
        Assert.Equal(1_000, await actor.Ask<int>("count", Ear.Patience));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failure_before_or_after_an_await_is_the_actors(bool afterAwait)
    {
        var ear = new Ear(_system);
        var actor = _system.ActorOf(Acting.Of(a =>
        {
            a.Restarting = (e, m) => ear.Ref.Tell($"{e.Message} at {m}");
            a.OnAsync<int>(async _ =>
            {
                if (afterAwait) await Task.Yield();
                throw new InvalidOperationException("failed");
            });
            a.On<string>(m => ear.Ref.Tell(m));
        }));
        actor.Tell(5);
        actor.Tell("after the restart");
        await ear.Hears("failed at 5", "after the restart");
    }

    [Fact]
    public async Task A_cancelled_task_is_a_failure_too()
    {
        var ear = new Ear(_system);
        var actor = _system.ActorOf(Acting.Of(a =>
        {
            a.Restarting = (e, _) => ear.Ref.Tell(e);
            a.OnAsync<int>(async _ =>
            {
                await Task.Yield();
                await Task.FromCanceled(new CancellationToken(true));
            });
        }));
        actor.Tell(1);
        await ear.Next<OperationCanceledException>();
    }

    [Fact]
    public async Task Children_made_and_watched_after_an_await_live_as_others_do()
    {
        var ear = new Ear(_system);
        var actor = _system.ActorOf(Acting.Of(a =>
        {
            a.OnAsync<string>(async m =>
            {
                await Task.Yield();
                var child = a.Here.Watch(a.Here.ActorOf(Acting.Of(c => c.On<string>(t => c.From.Tell(t)))));
                ear.Ref.Tell(await child.Ask<string>(m, Ear.Patience));
                a.Here.Stop(child);
            });
            a.On<Terminated>(_ => ear.Ref.Tell("terminated"));
        }));
        actor.Tell("hello, child");
        await ear.Hears("hello, child", "terminated");
    }

    [Fact]
    public async Task An_actor_can_be_stopped_while_it_awaits()
    {
        var ear = new Ear(_system);
        var never = new TaskCompletionSource();
        var actor = _system.ActorOf(Acting.Of(a =>
        {
            a.Stopped = () => ear.Ref.Tell("stopped");
            a.OnAsync<int>(async _ =>
            {
                ear.Ref.Tell("awaiting");
                await never.Task;
            });
        }));
        actor.Tell(1);
        await ear.Hears("awaiting");
        _system.Stop(actor);
        await ear.Hears("stopped");
    }

    [Fact]
    public async Task A_handler_may_yield_as_often_as_it_likes()
    {
        var actor = _system.ActorOf(Acting.Of(a => a.OnAsync<int>(async n =>
        {
            for (var i = 0; i < n; i++) await Task.Yield();
            a.From.Tell(n);
        })));
        Assert.Equal(200_000, await actor.Ask<int>(200_000, Ear.Patience));
    }

    [Fact]
    public async Task An_actor_that_awaits_an_answer_to_its_own_question_gets_it()
    {
        var echo = _system.ActorOf(Acting.Of(a => a.OnAny(m => a.From.Tell(m))));
        var actor = _system.ActorOf(Acting.Of(a => a.OnAsync<int>(async n =>
        {
            var sum = 0;
            for (var i = 0; i < n; i++) sum += await echo.Ask<int>(i, Ear.Patience);
            a.From.Tell(sum);
        })));
        Assert.Equal(4950, await actor.Ask<int>(100, Ear.Patience));
    }
}
