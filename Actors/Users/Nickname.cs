using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Users;

/// <summary>What others see of a person: 1 to 30 Unicode code points after trimming, without control characters.</summary>
public readonly record struct Nickname(string Value)
{
    /// <summary>Code points at the most.</summary>
    public const int MaxLength = 30;

    /// <summary>Reads a name that came from outside, trimmed; if it cannot be one, <paramref name="why"/> completes a sentence that begins with its name.</summary>
    public static bool TryParse(string? text, out Nickname nickname, [NotNullWhen(false)] out string? why)
    {
        var good = PlainText.TryParse(text, MaxLength, lines: false, out var trimmed, out why);
        nickname = new(trimmed);
        return good;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
