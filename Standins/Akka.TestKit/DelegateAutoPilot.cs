using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Reacts as a delegate says.</summary>
public sealed class DelegateAutoPilot : AutoPilot
{
    private readonly AutoPilotDelegate _react;

    /// <summary>Reacts as <paramref name="autoPilotDelegate"/> says.</summary>
    public DelegateAutoPilot(AutoPilotDelegate autoPilotDelegate)
    {
        ArgumentNullException.ThrowIfNull(autoPilotDelegate);
        _react = autoPilotDelegate;
    }

    /// <inheritdoc/>
    public override AutoPilot Run(IActorRef sender, object message) => _react(sender, message);
}
