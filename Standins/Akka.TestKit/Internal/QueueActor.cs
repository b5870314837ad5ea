using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>The test actor: queues what it receives for the test, after the auto-pilot has seen it.</summary>
internal sealed class QueueActor(TestQueue queue) : ActorBase
{
    private Func<object, bool> _ignore = _ => false;
    private readonly ChildStrategy _strategy = new();
    private AutoPilot _pilot = NoAutoPilot.Instance;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Ignore ignore:
                _ignore = ignore.Ignores;
                ignore.Done.SetResult(Self);
                break;
            case Pilot pilot:
                _pilot = pilot.AutoPilot;
                pilot.Done.SetResult(Self);
                break;
            case Observe { On: true } watch:
                Context.Watch(watch.Actor);
                watch.Done.SetResult(watch.Actor);
                break;
            case Observe watch:
                Context.Unwatch(watch.Actor);
                watch.Done.SetResult(watch.Actor);
                break;
            case Spawn spawn:
                MakeChild(spawn);
                break;
            default:
                if (_pilot.Run(Sender, message) is var next and not KeepRunning) _pilot = next;
                if (!_ignore(message)) queue.Add(new RealMessageEnvelope(message, Sender));
                break;
        }
        return true;
    }

    protected override SupervisorStrategy SupervisorStrategy() => _strategy;

    private void MakeChild(Spawn spawn)
    {
        try
        {
            var child = Context.ActorOf(spawn.Props, spawn.Name);
            if (spawn.Strategy is not null) _strategy.Set(child, spawn.Strategy);
            spawn.Done.SetResult(child);
        }
        catch (Exception e)
        {
            spawn.Done.SetException(e);
        }
    }

    /// <summary>What the test asks of its test actor; <see cref="Done"/> says when it is in effect.</summary>
    internal abstract record Order : INoSerializationVerificationNeeded
    {
        public TaskCompletionSource<IActorRef> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    internal sealed record Ignore(Func<object, bool> Ignores) : Order;

    internal sealed record Pilot(AutoPilot AutoPilot) : Order;

    internal sealed record Observe(IActorRef Actor, bool On) : Order;

    internal sealed record Spawn(Props Props, string? Name, SupervisorStrategy? Strategy) : Order;
}
