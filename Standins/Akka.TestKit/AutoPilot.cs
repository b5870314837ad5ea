using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Reacts to the messages of a test actor before the test sees them.</summary>
public abstract class AutoPilot
{
    /// <summary>Returned by <see cref="Run"/> to react no more.</summary>
    public static NoAutoPilot NoAutoPilot => NoAutoPilot.Instance;

    /// <summary>Returned by <see cref="Run"/> to react to the next message in the same way.</summary>
    public static KeepRunning KeepRunning => KeepRunning.Instance;

    /// <summary>Reacts to a message, and says who reacts to the next one.</summary>
    public abstract AutoPilot Run(IActorRef sender, object message);
}
