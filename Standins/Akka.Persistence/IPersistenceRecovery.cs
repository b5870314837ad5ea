namespace Akka.Persistence;

/// <summary>How an actor wants to be recovered.</summary>
public interface IPersistenceRecovery
{
    Recovery Recovery { get; }
}
