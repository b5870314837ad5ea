using System.Diagnostics.CodeAnalysis;
using WebChat.Actors.Text;

namespace WebChat.Actors.Rooms;

/// <summary>The text of a message: 1 to 2,000 Unicode scalar values after trimming, at least one of them visible, without control characters other than line breaks and tabs.</summary>
public readonly record struct MessageText(string Value)
{
    /// <summary>The greatest length in Unicode scalar values.</summary>
    public const int MaxLength = 2_000;

    /// <summary>Reads and trims a text; on refusal <paramref name="why"/> completes a sentence that begins with the field's name.</summary>
    public static bool TryParse(string? text, out MessageText result, [NotNullWhen(false)] out string? why)
    {
        var good = PlainText.TryParse(text, MaxLength, out var trimmed, out why);
        result = new(trimmed);
        return good;
    }

    /// <summary>Hides the text from logs.</summary>
    public override string ToString() => "***";
}
