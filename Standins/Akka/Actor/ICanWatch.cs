namespace Akka.Actor;

/// <summary>Something that can watch actors die.</summary>
public interface ICanWatch
{
    /// <summary>Asks for a <see cref="Terminated"/> when <paramref name="subject"/> stops, or at once where it has.</summary>
    IActorRef Watch(IActorRef subject);

    /// <summary>
    /// Asks for <paramref name="message"/> when <paramref name="subject"/> stops, or at once where it has. Who watches it
    /// already changes nothing by that: <see cref="Unwatch"/> first.
    /// </summary>
    IActorRef WatchWith(IActorRef subject, object message);

    /// <summary>Takes back a watch; no <see cref="Terminated"/> comes after this.</summary>
    IActorRef Unwatch(IActorRef subject);
}
