using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Stands for no message.</summary>
public sealed class NullMessageEnvelope : MessageEnvelope
{
    /// <summary>The only one.</summary>
    public static readonly NullMessageEnvelope Instance = new();

    private NullMessageEnvelope()
    {
    }

    /// <summary>There is none.</summary>
    public override object Message => throw new InvalidOperationException("No message has been received, so there is none to look at.");

    /// <summary>There is none.</summary>
    public override IActorRef Sender => throw new InvalidOperationException("No message has been received, so nobody has sent it.");

    /// <summary>Says that there is none.</summary>
    public override string ToString() => "<no message>";
}
