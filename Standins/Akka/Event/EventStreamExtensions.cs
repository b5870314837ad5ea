using Akka.Actor;

namespace Akka.Event;

/// <summary>Shorthands for the event stream.</summary>
public static class EventStreamExtensions
{
    /// <summary>Subscribes to a type; false where the actor has.</summary>
    public static bool Subscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) => eventStream.Subscribe(subscriber, typeof(TChannel));

    /// <summary>Takes a subscription back; false where there was none.</summary>
    public static bool Unsubscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) => eventStream.Unsubscribe(subscriber, typeof(TChannel));
}
