using Akka.Actor;

namespace Akka.Event;

/// <summary>A logger that is no actor: it logs on the thread of whoever publishes.</summary>
public abstract class MinimalLogger : MinimalActorRef
{
    /// <summary>For derived loggers.</summary>
    protected MinimalLogger()
    {
        Path = new RootActorPath(Address.AllSystems, "/" + GetType().Name);
    }

    /// <inheritdoc/>
    public sealed override ActorPath Path { get; }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: no provider made this reference.</exception>
    public sealed override IActorRefProvider Provider => throw new NotSupportedException("This logger does not provide.");

    /// <summary>Logs something.</summary>
    protected abstract void Log(object message);

    /// <inheritdoc/>
    protected sealed override void TellInternal(object message, IActorRef sender) => Log(message);
}
