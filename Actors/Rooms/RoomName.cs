using System.Diagnostics.CodeAnalysis;
using WebChat.Actors.Text;

namespace WebChat.Actors.Rooms;

/// <summary>The name of a group room: 1 to 60 Unicode scalar values under the rules of <see cref="PlainText.TryParseName"/>.</summary>
public readonly record struct RoomName(string Value)
{
    /// <summary>The greatest length in Unicode scalar values.</summary>
    public const int MaxLength = 60;

    /// <summary>Reads and normalizes a name; on refusal <paramref name="why"/> completes a sentence that begins with the field's name.</summary>
    public static bool TryParse(string? text, out RoomName name, [NotNullWhen(false)] out string? why)
    {
        var good = PlainText.TryParseName(text, MaxLength, out var normalized, out why);
        name = new(normalized);
        return good;
    }

    public override string ToString() => Value;
}
