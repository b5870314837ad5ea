namespace Akka.Actor;

/// <summary>Something that takes messages.</summary>
public interface ICanTell
{
    /// <summary>Sends <paramref name="message"/> and returns at once.</summary>
    void Tell(object message, IActorRef? sender);
}
