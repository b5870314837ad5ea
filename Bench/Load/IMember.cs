namespace WebChat.Bench.Load;

/// <summary>A member of a room on some server: what the load generator drives.</summary>
internal interface IMember
{
    /// <summary>The room's id.</summary>
    string Room { get; }

    /// <summary>Called with the text of each message of another member.</summary>
    Action<string> Heard { set; }

    /// <summary>Sends a message and waits for the answer.</summary>
    Task<Answer> SendAsync(string text);
}

/// <summary>The answer to a message.</summary>
/// <param name="Seq">Its number in the room.</param>
/// <param name="Error">The code of the error that it was answered with instead; null for an acknowledgement.</param>
/// <param name="RetryAfter">When to try again, after an error.</param>
internal readonly record struct Answer(long Seq, string? Error = null, TimeSpan RetryAfter = default);
