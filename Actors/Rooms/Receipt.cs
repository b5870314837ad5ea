namespace WebChat.Actors.Rooms;

/// <summary>How far somebody is in a room. What was read was received.</summary>
/// <param name="Received">The seq up to which the room has reached the person; 0 if it is not known.</param>
/// <param name="Read">The seq up to which the person has read it; 0 if it is not known.</param>
public readonly record struct Receipt(long Received, long Read)
{
    /// <summary>The farther of the two, each in its own right: no receipt is taken back.</summary>
    public Receipt With(Receipt other) => new(Math.Max(Received, other.Received), Math.Max(Read, other.Read));

    /// <summary>The same, but not beyond a seq.</summary>
    public Receipt UpTo(long seq) => new(Math.Min(Received, seq), Math.Min(Read, seq));
}
