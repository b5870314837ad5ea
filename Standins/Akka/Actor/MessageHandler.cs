namespace Akka.Actor;

/// <summary>One declared handler. It is only asked about messages of its type.</summary>
internal abstract class MessageHandler
{
    public abstract bool Handle(object message);
}
