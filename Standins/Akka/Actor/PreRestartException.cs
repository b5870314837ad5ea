namespace Akka.Actor;

/// <summary><c>PreRestart</c> threw while an actor was being restarted.</summary>
public class PreRestartException : ActorInitializationException
{
    /// <summary>Keeps what was thrown, and what the restart was for.</summary>
    public PreRestartException(IActorRef actor, Exception restartException, Exception cause, object? optionalMessage)
        : base(actor, $"Exception in PreRestart({cause.GetType()}, {optionalMessage?.GetType().ToString() ?? "null"})", restartException)
    {
        RestartException = restartException;
        OptionalMessage = optionalMessage;
    }

    /// <summary>What <c>PreRestart</c> threw.</summary>
    public Exception RestartException { get; }

    /// <summary>The message that made the actor fail, if there was one.</summary>
    public object? OptionalMessage { get; }
}
