using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace WebChat.Actors.Rooms;

/// <summary>An emoji as a reaction: one symbol as people see it, at most 32 bytes of UTF-8.</summary>
public readonly record struct Emoji(string Value)
{
    private const int MaxBytes = 32;

    /// <summary>Reads an emoji that came from outside; false if it cannot be one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Emoji emoji)
    {
        emoji = new(text ?? "");
        return text is { Length: > 0 } && Encoding.UTF8.GetByteCount(text) <= MaxBytes
            && StringInfo.GetNextTextElementLength(text) == text.Length
            && text.EnumerateRunes().Any(rune => !rune.IsAscii && Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.EnclosingMark);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
