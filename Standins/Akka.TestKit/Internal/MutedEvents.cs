using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>Keeps events out of a system's log from now until this is disposed.</summary>
internal sealed class MutedEvents : IUnmutableFilter
{
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<EventFilterBase> _filters;

    public MutedEvents(ActorSystem system, IReadOnlyList<EventFilterBase> filters)
    {
        _system = system;
        _filters = filters;
        system.EventStream.Publish(new TestEvent.Mute(filters));
    }

    public void Unmute() => _system.EventStream.Publish(new TestEvent.Unmute(_filters));

    public void Dispose() => Unmute();
}
