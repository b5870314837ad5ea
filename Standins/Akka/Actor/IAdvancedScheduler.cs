namespace Akka.Actor;

/// <summary>The part of a scheduler that runs code; sending a message is nearly always better.</summary>
public interface IAdvancedScheduler : IActionScheduler
{
}
