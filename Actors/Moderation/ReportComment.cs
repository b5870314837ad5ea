using System.Diagnostics.CodeAnalysis;
using WebChat.Actors.Text;

namespace WebChat.Actors.Moderation;

/// <summary>A reporter's comment: at most 500 Unicode scalar values after trimming, without control characters except line breaks and tabs. May be empty.</summary>
public readonly record struct ReportComment(string Value)
{
    /// <summary>The greatest length in Unicode scalar values.</summary>
    public const int MaxLength = 500;

    /// <summary>Parses and trims a text; on refusal <paramref name="why"/> completes a sentence that begins with the field's name.</summary>
    public static bool TryParse(string? text, out ReportComment comment, [NotNullWhen(false)] out string? why)
    {
        comment = new("");
        why = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        var good = PlainText.TryParse(text, MaxLength, out var trimmed, out why);
        comment = new(trimmed);
        return good;
    }

    public override string ToString() => Value;
}
