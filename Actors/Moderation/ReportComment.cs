using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Moderation;

/// <summary>What a reporter adds: at most 500 Unicode code points after trimming, without control characters but line breaks and tabs. May be empty.</summary>
public readonly record struct ReportComment(string Value)
{
    /// <summary>Code points at the most.</summary>
    public const int MaxLength = 500;

    /// <summary>Reads a text that came from outside, trimmed; if it cannot be one, <paramref name="why"/> completes a sentence that begins with its name.</summary>
    public static bool TryParse(string? text, out ReportComment comment, [NotNullWhen(false)] out string? why)
    {
        comment = new("");
        why = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        var good = PlainText.TryParse(text, MaxLength, lines: true, out var trimmed, out why);
        comment = new(trimmed);
        return good;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
