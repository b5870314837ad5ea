using Akka.Actor;
using Akka.Event;

namespace WebChat.Tests.Standins.Akka;

public sealed class MailboxTests : IAsyncLifetime
{
    private readonly ActorSystem _system = TestSystem.Create();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public async Task Messages_of_one_sender_arrive_in_order_and_none_is_lost()
    {
        const int Senders = 4, Each = 25_000;
        var last = new int[Senders];
        var inside = 0;
        var done = new TaskCompletionSource<string>();
        var count = 0;
        var actor = _system.ActorOf(Acting.Of(a => a.On<(int Sender, int Number)>(m =>
        {
            if (Interlocked.Increment(ref inside) != 1) done.TrySetResult("two at once");
            if (last[m.Sender] + 1 != m.Number) done.TrySetResult($"{m.Number} of {m.Sender} after {last[m.Sender]}");
            last[m.Sender] = m.Number;
            if (++count == Senders * Each) done.TrySetResult("all in order");
            Interlocked.Decrement(ref inside);
        })));

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(s => Task.Run(() =>
        {
            for (var i = 1; i <= Each; i++) actor.Tell((s, i), ActorRefs.NoSender);
        })));

        Assert.Equal("all in order", await done.Task.WaitAsync(Ear.Patience));
    }

    [Fact]
    public async Task An_actor_that_idles_between_messages_wakes_for_each()
    {
        var echo = _system.ActorOf(Acting.Of(a => a.On<int>(n => a.From.Tell(n))));
        for (var i = 0; i < 5_000; i++) Assert.Equal(i, await echo.Ask<int>(i, Ear.Patience));
    }

    [Fact]
    public async Task A_message_may_not_be_null()
    {
        var actor = _system.ActorOf(Acting.Of(_ => { }));
        await actor.Ask<ActorIdentity>(new Identify(1), Ear.Patience);
        Assert.ThrowsAny<Exception>(() => actor.Tell(null!, ActorRefs.NoSender));
    }

    [Fact]
    public async Task What_waits_when_an_actor_stops_goes_to_the_dead_letters_in_order()
    {
        var ear = new Ear(_system);
        _system.EventStream.Subscribe(ear.Ref, typeof(DeadLetter));
        using var gate = new ManualResetEventSlim();
        var actor = _system.ActorOf(Acting.Of(a => a.On<string>(_ =>
        {
            gate.Wait(Ear.Patience);
            a.Here.Stop(a.Me);
        })));
        actor.Tell("first", ActorRefs.NoSender);
        actor.Tell("second", ear.Ref);
        actor.Tell("third", ear.Ref);
        gate.Set();

        Assert.Equal("second", (await ear.Next<DeadLetter>()).Message);
        var third = await ear.Next<DeadLetter>();
        Assert.Equal("third", third.Message);
        Assert.Equal(actor, third.Recipient);
        Assert.Equal(ear.Ref, third.Sender);
    }

    [Fact]
    public async Task A_message_to_an_actor_that_stopped_goes_to_the_dead_letters()
    {
        var ear = new Ear(_system);
        var actor = _system.ActorOf(Acting.Of(_ => { }));
        Assert.True(await actor.GracefulStop(Ear.Patience));
        _system.EventStream.Subscribe(ear.Ref, typeof(DeadLetter));

        actor.Tell("too late", ear.Ref);

        Assert.Equal("too late", (await ear.Next<DeadLetter>()).Message);
    }

    [Fact]
    public async Task Stopping_overtakes_the_messages_that_wait()
    {
        var ear = new Ear(_system);
        using var atWork = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        var parent = _system.ActorOf(Acting.Of(p =>
        {
            var child = p.Here.ActorOf(Acting.Of(a =>
            {
                a.Stopped = () => ear.Ref.Tell("stopped");
                a.On<string>(m =>
                {
                    atWork.Set();
                    gate.Wait(Ear.Patience);
                    ear.Ref.Tell(m);
                });
            }));
            p.On<string>(_ =>
            {
                p.Here.Stop(child);
                gate.Set();
            });
            p.On<int>(_ => p.From.Tell(child));
        }));
        var actor = await parent.Ask<IActorRef>(0, Ear.Patience);
        actor.Tell("at work");
        for (var i = 0; i < 100; i++) actor.Tell("waiting");
        atWork.Wait(Ear.Patience);
        parent.Tell("stop it");

        await ear.Hears("at work", "stopped");
        await ear.HearsNoMore();
    }

    [Fact]
    public async Task A_busy_actor_leaves_the_others_their_turn()
    {
        var stop = false;
        var busy = Enumerable.Range(0, Environment.ProcessorCount * 2).Select(_ => _system.ActorOf(Acting.Of(a => a.On<string>(m =>
        {
            if (!Volatile.Read(ref stop)) a.Me.Tell(m);
        })))).ToArray();
        foreach (var actor in busy) actor.Tell("on and on");
        var quiet = _system.ActorOf(Acting.Of(a => a.On<string>(m => a.From.Tell(m))));

        Assert.Equal("hello", await quiet.Ask<string>("hello", Ear.Patience));
        Volatile.Write(ref stop, true);
    }
}
