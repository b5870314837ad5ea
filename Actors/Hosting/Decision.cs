using Google.Protobuf;

namespace WebChat.Actors.Hosting;

/// <summary>What a state decides about a command: the events to come, or why there are none.</summary>
public readonly record struct Decision(IReadOnlyList<IMessage> Events, Rejection? Rejection)
{
    /// <summary>All is as it should be already.</summary>
    public static Decision Nothing { get; } = new([], null);

    /// <summary>These events are to happen, all or none.</summary>
    public static Decision Happens(params IReadOnlyList<IMessage> events) => new(events, null);

    /// <summary>Something stands in the way.</summary>
    public static Decision Reject(ErrorCode code, string message, string? field = null) => new([], new Rejection(code, message, field));
}
