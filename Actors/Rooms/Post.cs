namespace WebChat.Actors.Rooms;

/// <summary>What a room remembers of a message, for answering the same send again.</summary>
public sealed record Post(MessageId MessageId, long Seq, DateTimeOffset At);
