using Google.Protobuf;

namespace WebChat.Actors.Hosting;

/// <summary>A state's decision about a command: events, or the reason for a rejection.</summary>
public readonly record struct Decision(IReadOnlyList<IMessage> Events, Rejection? Rejection)
{
    /// <summary>No event: the state is already as requested.</summary>
    public static Decision Nothing { get; } = new([], null);

    /// <summary>These events happen, all or none.</summary>
    public static Decision Happens(params IReadOnlyList<IMessage> events) => new(events, null);

    /// <summary>The command is rejected.</summary>
    public static Decision Reject(ErrorCode code, string message, string? field = null) => new([], new Rejection(code, message, field));
}
