using Akka.Actor;
using Akka.Event;

namespace WebChat.Tests.Standins.Akka;

public sealed class AskTests : IAsyncLifetime
{
    private readonly ActorSystem _system = TestSystem.Create();
    private IActorRef _actor = ActorRefs.Nobody;

    public Task InitializeAsync()
    {
        _actor = _system.ActorOf(Acting.Of(a =>
        {
            a.On<Exception>(e => a.From.Tell(new Status.Failure(e)));
            a.On<Held>(h => h.Asker.SetResult(a.From));
            a.OnAny(m => a.From.Tell(m));
        }));
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public async Task The_answer_is_the_result()
    {
        Assert.Equal("hello", await _actor.Ask("hello"));
        Assert.Equal("hello", await _actor.Ask<string>("hello"));
        Assert.Equal("hello", await _actor.Ask<string>("hello", Ear.Patience));
        Assert.Equal("hello", await _actor.Ask<string>("hello", CancellationToken.None));
        Assert.Equal("hello", await _system.ActorSelection(_actor.Path).Ask<string>("hello", Ear.Patience));
    }

    [Fact]
    public async Task A_failure_fails_the_task_with_its_cause()
    {
        var cause = new InvalidOperationException("no");
        Assert.Same(cause, await Assert.ThrowsAsync<InvalidOperationException>(() => _actor.Ask<string>(cause, Ear.Patience)));
        Assert.Same(cause, await Assert.ThrowsAsync<InvalidOperationException>(() => _actor.Ask(cause, Ear.Patience)));
        Assert.Same(cause, (await _actor.Ask<Status.Failure>(cause, Ear.Patience)).Cause);
    }

    [Fact]
    public async Task An_answer_of_another_type_fails_the_task() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _actor.Ask<string>(42, Ear.Patience));

    [Fact]
    public async Task No_answer_in_time_fails_the_task_and_a_late_one_goes_to_the_dead_letters()
    {
        var ear = new Ear(_system);
        _system.EventStream.Subscribe(ear.Ref, typeof(DeadLetter));
        var asker = new TaskCompletionSource<IActorRef>();
        await Assert.ThrowsAsync<AskTimeoutException>(() => _actor.Ask(new Held(asker), TimeSpan.FromMilliseconds(10)));
        (await asker.Task).Tell("too late");
        Assert.Equal("too late", (await ear.Next<DeadLetter>()).Message);
    }

    [Fact]
    public async Task The_configuration_may_limit_all_questions()
    {
        var system = TestSystem.Create("akka.actor.ask-timeout = 10ms");
        var silent = system.ActorOf(Acting.Of(a => a.OnAny(_ => { })));
        await Assert.ThrowsAsync<AskTimeoutException>(() => silent.Ask("?"));
        await system.Terminate();
    }

    [Fact]
    public async Task Cancelling_cancels_the_task()
    {
        using var source = new CancellationTokenSource();
        var asker = new TaskCompletionSource<IActorRef>();
        var answer = _actor.Ask(new Held(asker), source.Token);
        await asker.Task;
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _actor.Ask("x", Ear.Patience, source.Token));
    }

    [Fact]
    public async Task The_asker_can_be_part_of_the_message_and_is_found_by_its_path()
    {
        var answer = _actor.Ask<string>(
            asker =>
            {
                ((ExtendedActorSystem)_system).Provider.ResolveActorRef(asker.Path.ToSerializationFormat()).Tell("found");
                return new Held(new TaskCompletionSource<IActorRef>());
            },
            Ear.Patience,
            CancellationToken.None);
        Assert.Equal("found", await answer);
    }

    [Fact]
    public async Task PipeTo_sends_the_result_or_what_is_made_of_it()
    {
        var ear = new Ear(_system);
        await Task.FromResult("result").PipeTo(ear.Ref, _actor);
        await ear.Hears("result");
        Assert.Equal(_actor, ear.LastSender);
        await Task.FromResult("result").PipeTo(ear.Ref, success: r => r.Length);
        await ear.Hears(6);
        await Task.CompletedTask.PipeTo(ear.Ref, success: () => "ended");
        await ear.Hears("ended");
        await new ValueTask<int>(5).PipeTo(ear.Ref);
        await ear.Hears(5);
        await Task.CompletedTask.PipeTo(ear.Ref);
        await ear.HearsNoMore();
    }

    [Fact]
    public async Task PipeTo_sends_a_failure_or_what_is_made_of_it()
    {
        var ear = new Ear(_system);
        var cause = new InvalidOperationException("no");
        await Task.FromException<int>(cause).PipeTo(ear.Ref);
        Assert.Same(cause, (await ear.Next<Status.Failure>()).Cause);
        await Task.FromException(cause).PipeTo(ear.Ref, failure: e => e.Message);
        await ear.Hears("no");
        await Task.FromCanceled<int>(new CancellationToken(true)).PipeTo(ear.Ref);
        Assert.IsAssignableFrom<OperationCanceledException>((await ear.Next<Status.Failure>()).Cause);
    }

    private sealed record Held(TaskCompletionSource<IActorRef> Asker);
}
