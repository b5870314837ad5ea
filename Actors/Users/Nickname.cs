using System.Diagnostics.CodeAnalysis;
using WebChat.Actors.Text;

namespace WebChat.Actors.Users;

/// <summary>The name that other users see: 1 to 30 Unicode scalar values under the rules of <see cref="PlainText.TryParseName"/>.</summary>
public readonly record struct Nickname(string Value)
{
    /// <summary>The greatest length in Unicode scalar values.</summary>
    public const int MaxLength = 30;

    /// <summary>Parses and normalizes a name; on refusal <paramref name="why"/> completes a sentence that begins with the field's name.</summary>
    public static bool TryParse(string? text, out Nickname nickname, [NotNullWhen(false)] out string? why)
    {
        var good = PlainText.TryParseName(text, MaxLength, out var name, out why);
        nickname = new(name);
        return good;
    }

    public override string ToString() => Value;
}
