using System.Collections.Immutable;
using Google.Protobuf;
using WebChat.Journal.V1;

namespace WebChat.Actors.Rooms;

/// <summary>A message as its events have made it, without the text that was posted.</summary>
/// <param name="Seq">The seq of the event that posted it.</param>
/// <param name="At">When that was, in Unix milliseconds.</param>
/// <param name="Author">The member that posted it.</param>
public sealed record Post(long Seq, long At, MemberId Author)
{
    /// <summary>The message's id.</summary>
    public MessageId MessageId => MessageId.Of(At, Seq);

    /// <summary>When it was last edited, in Unix milliseconds; null if never.</summary>
    public long? EditedAt { get; private init; }

    /// <summary>The text since it was edited; null if it never was, or is removed.</summary>
    public string? Text { get; private init; }

    /// <summary>How often it was changed.</summary>
    public int Changes { get; private init; }

    /// <summary>Whether it is removed. A removed message has no text and no reactions.</summary>
    public bool Removed { get; private init; }

    /// <summary>By emoji, the members that react with it.</summary>
    public ImmutableSortedDictionary<string, ImmutableList<MemberId>> Reactions { get; private init; } = NoReactions;

    private static ImmutableSortedDictionary<string, ImmutableList<MemberId>> NoReactions { get; } =
        ImmutableSortedDictionary.Create<string, ImmutableList<MemberId>>(StringComparer.Ordinal);

    /// <summary>The message right after it was posted. A message with a text that can no longer be decrypted counts as removed.</summary>
    public static Post Of(long seq, MessagePosted posted) => new(seq, posted.At, new(posted.MemberId)) { Removed = !posted.Encrypted.IsEmpty };

    /// <summary>The message after a change to it.</summary>
    public Post Apply(IMessage change) => change switch
    {
        _ when Removed => this,
        MessageEdited { Encrypted.IsEmpty: true } e => this with { Text = e.Text, EditedAt = e.At, Changes = Changes + 1 },
        MessageEdited or MessageRemoved => Remove(),
        ReactionChanged e => this with { Reactions = Changed(e), Changes = Changes + 1 },
        _ => throw new ArgumentException($"{change.Descriptor.FullName} does not change a message.", nameof(change)),
    };

    /// <summary>The message as removed.</summary>
    public Post Remove() => new(Seq, At, Author) { Removed = true };

    private ImmutableSortedDictionary<string, ImmutableList<MemberId>> Changed(ReactionChanged e)
    {
        var before = Reactions.GetValueOrDefault(e.Emoji, []);
        var after = e.On ? before.Add(new(e.MemberId)) : before.Remove(new(e.MemberId));
        return after.IsEmpty ? Reactions.Remove(e.Emoji) : Reactions.SetItem(e.Emoji, after);
    }
}
