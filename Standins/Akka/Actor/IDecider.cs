namespace Akka.Actor;

/// <summary>Maps failures to what is done about them.</summary>
public interface IDecider
{
    /// <summary>What is done about a failure.</summary>
    Directive Decide(Exception cause);
}
