using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Says that the auto-pilot at work stays at work.</summary>
public sealed class KeepRunning : AutoPilot
{
    /// <summary>The only one.</summary>
    public static readonly KeepRunning Instance = new();

    private KeepRunning()
    {
    }

    /// <summary>Not to be called: this is an answer, not a pilot.</summary>
    public override AutoPilot Run(IActorRef sender, object message) =>
        throw new InvalidOperationException($"{nameof(KeepRunning)} is what an auto-pilot returns; it cannot be one.");
}
