namespace Akka.Actor;

/// <summary>Says that something failed, and when.</summary>
public class Failure
{
    /// <summary>What failed.</summary>
    public Exception? Exception { get; set; }

    /// <summary>When it failed.</summary>
    public DateTime Timestamp { get; set; }
}
