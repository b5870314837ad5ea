using System.Collections.Immutable;

namespace WebChat.Actors.Rooms;

/// <summary>What a room remembers of a message: enough to answer the same send again, and all that has changed since.</summary>
/// <param name="MessageId">Which message.</param>
/// <param name="Author">Whose.</param>
/// <param name="Seq">Of the event that posted it.</param>
/// <param name="At">When it was posted.</param>
public sealed record Post(MessageId MessageId, MemberId Author, long Seq, DateTimeOffset At)
{
    /// <summary>When it was last edited; null if never.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>The text since it was edited; null if it never was, or is removed.</summary>
    public string? Text { get; init; }

    /// <summary>Whether it is removed.</summary>
    public bool Removed { get; init; }

    /// <summary>By emoji, who put it there.</summary>
    public ImmutableSortedDictionary<string, ImmutableList<MemberId>> Reactions { get; init; } = NoReactions;

    /// <summary>The message without anything that was said.</summary>
    public Post Remove() => new(MessageId, Author, Seq, At) { Removed = true };

    /// <summary>Whether it stands as it was posted.</summary>
    public bool IsUnchanged => EditedAt is null && !Removed && Reactions.IsEmpty;

    private static ImmutableSortedDictionary<string, ImmutableList<MemberId>> NoReactions { get; } =
        ImmutableSortedDictionary.Create<string, ImmutableList<MemberId>>(StringComparer.Ordinal);
}
