namespace Akka.Persistence.Journal;

/// <summary>One event that stands for the stored one.</summary>
public struct SingleEventSequence(object e) : IEventSequence
{
    /// <inheritdoc />
    public IEnumerable<object> Events { get; } = [e];
}
