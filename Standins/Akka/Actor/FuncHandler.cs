namespace Akka.Actor;

/// <summary>A handler that says itself whether it took a message.</summary>
internal sealed class FuncHandler<T>(Func<T, bool> handler) : MessageHandler
{
    public override bool Handle(object message) => handler((T)message);
}
