namespace Akka.Persistence;

/// <summary>Given to a recovering actor after its last event, before its first command. It may persist from here on.</summary>
public sealed class RecoveryCompleted
{
    public static readonly RecoveryCompleted Instance = new();

    private RecoveryCompleted()
    {
    }
}
