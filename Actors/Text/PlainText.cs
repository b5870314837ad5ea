using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace WebChat.Actors.Text;

/// <summary>
/// The rules for texts that users write. Lengths count Unicode scalar values after trimming, which clients in every
/// language can count. Each refusal completes a sentence that begins with the field's name.
/// </summary>
internal static class PlainText
{
    /// <summary>Parses a text of one or more lines. The text stays as written, apart from white space at its ends.</summary>
    /// <param name="text">The text as received.</param>
    /// <param name="max">The greatest length; the least is 1.</param>
    /// <param name="trimmed">The text without white space at its ends; empty when refused.</param>
    /// <param name="why">The reason for a refusal.</param>
    public static bool TryParse(string? text, int max, out string trimmed, [NotNullWhen(false)] out string? why)
    {
        trimmed = (text ?? "").Trim();
        why = Fault(trimmed, max, rune => Rune.IsControl(rune) && rune.Value is not ('\n' or '\r' or '\t') ? "must not contain control characters" : null)
            ?? (trimmed.EnumerateRunes().Any(Characters.IsVisible) ? null : "must contain something visible");
        if (why is null)
            return true;
        trimmed = "";
        return false;
    }

    /// <summary>Parses an identifier of a client: one line without white space at its ends, unchanged.</summary>
    public static bool TryParseIdentifier(string? text, int max, out string identifier, [NotNullWhen(false)] out string? why)
    {
        identifier = text ?? "";
        why = Fault(identifier, max, rune => Rune.IsControl(rune) ? "must not contain control characters" : null)
            // Trimming would turn two identifiers that differ for the client into one.
            ?? (identifier.AsSpan().Trim().Length == identifier.Length ? null : "must not begin or end with white space");
        if (why is null)
            return true;
        identifier = "";
        return false;
    }

    /// <summary>
    /// Parses a public name under rules like those of RFC 8266: in NFC, trimmed, with single spaces inside. Characters that are
    /// invisible, or that turn or break the line around the name, are refused, unless an emoji or the letters beside a joiner
    /// need them.
    /// </summary>
    public static bool TryParseName(string? text, int max, out string name, [NotNullWhen(false)] out string? why)
    {
        name = "";
        why = Fault(text ?? "", int.MaxValue, _ => null);
        if (why is not null)
            return false;
        var written = text!.Normalize(NormalizationForm.FormC).Trim();
        var result = new StringBuilder(written.Length);
        var visible = false;
        for (var at = 0; at < written.Length;)
        {
            var cluster = written.AsSpan(at, StringInfo.GetNextTextElementLength(written, at));
            if (Emojis.TryQualify(cluster.ToString(), out _))
            {
                result.Append(cluster);
                visible = true;
                at += cluster.Length;
                continue;
            }

            var rune = Rune.GetRuneAt(written, at);
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpaceSeparator)
            {
                if (result[^1] != ' ')
                    result.Append(' ');
            }
            else if (Refusal(written, at, rune) is { } refusal)
            {
                why = refusal;
                return false;
            }
            else
            {
                result.Append(rune);
                visible |= Characters.IsVisible(rune);
            }

            at += rune.Utf16SequenceLength;
        }

        why = Fault(result.ToString(), max, _ => null) ?? (visible ? null : "must contain something visible");
        if (why is null)
            name = result.ToString();
        return why is null;
    }

    private static string? Refusal(string text, int at, Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => "must not contain control characters",
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => "must be a single line",
        _ when Characters.IsDefaultIgnorable(rune) && !Characters.IsNeededJoiner(text, at) => "must not contain invisible characters or characters that change the direction of text",
        _ => null,
    };

    private static string? Fault(string text, int max, Func<Rune, string?> refusal)
    {
        var count = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty; count++)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != OperationStatus.Done)
                return "must be well-formed Unicode";
            if (refusal(rune) is { } why)
                return why;
            rest = rest[length..];
        }

        return count == 0 ? "must not be empty" : count > max ? string.Create(CultureInfo.InvariantCulture, $"must be at most {max:N0} characters") : null;
    }
}
