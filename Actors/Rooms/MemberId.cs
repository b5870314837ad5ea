using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Rooms;

/// <summary>A person in one room; does not lead back to the user.</summary>
public readonly record struct MemberId(string Value)
{
    /// <summary>A new id; later ones sort after earlier ones.</summary>
    public static MemberId New(DateTimeOffset now) => new(Identifier.New(now));

    /// <summary>Reads an id that came from outside; false if it cannot be one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MemberId id)
    {
        id = new(text ?? "");
        return Identifier.IsValid(text);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
