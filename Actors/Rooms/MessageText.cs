using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Rooms;

/// <summary>What a message says: 1 to 2,000 Unicode code points after trimming, without control characters but line breaks and tabs.</summary>
public readonly record struct MessageText(string Value)
{
    /// <summary>Code points in a message at the most.</summary>
    public const int MaxLength = 2_000;

    /// <summary>Reads a text that came from outside, trimmed; if it cannot be one, <paramref name="why"/> completes a sentence that begins with its name.</summary>
    public static bool TryParse(string? text, out MessageText result, [NotNullWhen(false)] out string? why)
    {
        var good = PlainText.TryParse(text, MaxLength, lines: true, out var trimmed, out why);
        result = new(trimmed);
        return good;
    }

    /// <summary>Hides the text, which belongs into no log.</summary>
    public override string ToString() => "***";
}
