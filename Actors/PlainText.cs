using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace WebChat.Actors;

/// <summary>
/// The one rule for what people write. Length is counted in Unicode code points after trimming: a client in any language
/// can count the same. Control characters and halves of surrogate pairs are not text.
/// </summary>
internal static class PlainText
{
    /// <summary>Trims and checks a text.</summary>
    /// <param name="text">What came from outside.</param>
    /// <param name="max">How many code points at the most; at least one is needed.</param>
    /// <param name="lines">Whether line breaks and tabs are text too.</param>
    /// <param name="trimmed">The text without white space at its ends; empty if it is refused.</param>
    /// <param name="why">What is wrong with the text.</param>
    public static bool TryParse(string? text, int max, bool lines, out string trimmed, [NotNullWhen(false)] out string? why)
    {
        var candidate = (text ?? "").Trim();
        trimmed = "";
        why = null;
        var count = 0;
        for (var rest = candidate.AsSpan(); !rest.IsEmpty; count++)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done)
                why ??= "is not well-formed Unicode";
            else if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control && !(lines && rune.Value is '\n' or '\r' or '\t'))
                why ??= "must not contain control characters";
            rest = rest[length..];
        }
        if (count == 0)
            why = "must not be empty";
        else if (count > max)
            why = string.Create(CultureInfo.InvariantCulture, $"must not be longer than {max} characters");
        if (why is not null)
            return false;
        trimmed = candidate;
        return true;
    }
}
