namespace Akka.Event;

/// <summary>A message that is no dead letter of interest when it reaches nobody.</summary>
public interface IDeadLetterSuppression
{
}
