namespace Akka.Actor;

/// <summary>The new instance could not be made or its <c>PostRestart</c> threw while an actor was being restarted.</summary>
public class PostRestartException : ActorInitializationException
{
    /// <summary>Keeps what was thrown, and what the restart was for.</summary>
    public PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
        : base(actor, $"Exception post restart ({originalCause.GetType()})", cause)
    {
        OriginalCause = originalCause;
    }

    /// <summary>The failure that the actor was restarted for.</summary>
    public Exception OriginalCause { get; }
}
