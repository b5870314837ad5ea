using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Rooms;

/// <summary>The name of a group room: 1 to 60 Unicode code points after trimming, without control characters.</summary>
public readonly record struct RoomName(string Value)
{
    /// <summary>Code points at the most.</summary>
    public const int MaxLength = 60;

    /// <summary>Reads a name that came from outside, trimmed; if it cannot be one, <paramref name="why"/> completes a sentence that begins with its name.</summary>
    public static bool TryParse(string? text, out RoomName name, [NotNullWhen(false)] out string? why)
    {
        var good = PlainText.TryParse(text, MaxLength, lines: false, out var trimmed, out why);
        name = new(trimmed);
        return good;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
