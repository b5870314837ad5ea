namespace Akka.Persistence;

/// <summary>All of a request's events reached the journal; one message for each follows.</summary>
public sealed class WriteMessagesSuccessful : IJournalResponse
{
    private WriteMessagesSuccessful()
    {
    }

    public static WriteMessagesSuccessful Instance { get; } = new();
}
