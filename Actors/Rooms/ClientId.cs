using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Rooms;

/// <summary>What a client calls its own message, so that sending it twice posts it once: 1 to 64 Unicode code points, none of them a control character or white space at an end.</summary>
public readonly record struct ClientId(string Value)
{
    /// <summary>Code points at the most.</summary>
    public const int MaxLength = 64;

    /// <summary>Reads an id that came from outside, as it is; if it cannot be one, <paramref name="why"/> completes a sentence that begins with its name.</summary>
    public static bool TryParse(string? text, out ClientId id, [NotNullWhen(false)] out string? why)
    {
        var good = PlainText.TryParse(text, MaxLength, lines: false, out var trimmed, out why);
        id = new(trimmed);
        // Trimming would make one id of two that the client holds for different.
        if (!good || trimmed.Length == text!.Length)
            return good;
        id = default;
        why = "must not begin or end with white space";
        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
