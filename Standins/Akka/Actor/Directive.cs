namespace Akka.Actor;

/// <summary>What a supervisor does about a child that failed.</summary>
public enum Directive
{
    /// <summary>Let it go on with the next message, its state as it is.</summary>
    Resume,

    /// <summary>Replace its instance; its mailbox stays.</summary>
    Restart,

    /// <summary>Fail oneself, and let one's own supervisor decide.</summary>
    Escalate,

    /// <summary>Stop it for good.</summary>
    Stop,
}
