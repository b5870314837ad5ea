using System.Diagnostics.CodeAnalysis;
using WebChat.Actors.Text;

namespace WebChat.Actors.Rooms;

/// <summary>A reaction: one emoji of Unicode's list, fully qualified, so that ❤ and ❤️ are the same reaction.</summary>
public readonly record struct Emoji(string Value)
{
    /// <summary>Reads an emoji in any of its qualified forms; false for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Emoji emoji)
    {
        var known = Emojis.TryQualify(text ?? "", out var qualified);
        emoji = new(qualified ?? "");
        return known;
    }

    public override string ToString() => Value;
}
