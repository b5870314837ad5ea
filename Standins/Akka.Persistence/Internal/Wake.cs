using Akka.Event;

namespace Akka.Persistence.Internal;

/// <summary>An actor's word to itself that commands it held back may be due.</summary>
internal sealed class Wake : IPersistenceMessage, IDeadLetterSuppression
{
    public static readonly Wake Instance = new();
}
