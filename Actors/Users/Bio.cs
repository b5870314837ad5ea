using System.Diagnostics.CodeAnalysis;
using WebChat.Actors.Text;

namespace WebChat.Actors.Users;

/// <summary>A user's description: at most 500 Unicode scalar values after trimming, without control characters except line breaks and tabs. May be empty.</summary>
public readonly record struct Bio(string Value)
{
    /// <summary>The greatest length in Unicode scalar values.</summary>
    public const int MaxLength = 500;

    /// <summary>Parses and trims a text; on refusal <paramref name="why"/> completes a sentence that begins with the field's name.</summary>
    public static bool TryParse(string? text, out Bio bio, [NotNullWhen(false)] out string? why)
    {
        bio = new("");
        why = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        var good = PlainText.TryParse(text, MaxLength, out var trimmed, out why);
        bio = new(trimmed);
        return good;
    }

    public override string ToString() => Value;
}
