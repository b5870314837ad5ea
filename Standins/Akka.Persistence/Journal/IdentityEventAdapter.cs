namespace Akka.Persistence.Journal;

/// <summary>Leaves events as they are.</summary>
public sealed class IdentityEventAdapter : IEventAdapter
{
    private IdentityEventAdapter()
    {
    }

    public static IdentityEventAdapter Instance { get; } = new();

    /// <inheritdoc />
    public string Manifest(object evt) => string.Empty;

    /// <inheritdoc />
    public object ToJournal(object evt) => evt;

    /// <inheritdoc />
    public IEventSequence FromJournal(object evt, string manifest) => EventSequence.Single(evt);
}
