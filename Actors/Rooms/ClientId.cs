using System.Diagnostics.CodeAnalysis;
using WebChat.Actors.Text;

namespace WebChat.Actors.Rooms;

/// <summary>A client's own id of a message, by which sending twice posts once: 1 to 64 Unicode scalar values without control characters, and without white space at either end.</summary>
public readonly record struct ClientId(string Value)
{
    /// <summary>The greatest length in Unicode scalar values.</summary>
    public const int MaxLength = 64;

    /// <summary>Reads an id, unchanged; on refusal <paramref name="why"/> completes a sentence that begins with the field's name.</summary>
    public static bool TryParse(string? text, out ClientId id, [NotNullWhen(false)] out string? why)
    {
        var good = PlainText.TryParseIdentifier(text, MaxLength, out var identifier, out why);
        id = new(identifier);
        return good;
    }

    public override string ToString() => Value;
}
