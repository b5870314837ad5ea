namespace Akka.Persistence.Journal;

/// <summary>The events that one stored event stands for.</summary>
public interface IEventSequence
{
    IEnumerable<object> Events { get; }
}
