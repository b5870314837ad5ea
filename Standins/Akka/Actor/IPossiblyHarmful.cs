namespace Akka.Actor;

/// <summary>A message that may do harm when it comes from a stranger.</summary>
public interface IPossiblyHarmful
{
}
