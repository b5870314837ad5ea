using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Users;

/// <summary>A block, as its maker knows it; does not lead back to who is blocked.</summary>
public readonly record struct BlockId(string Value)
{
    /// <summary>A new id; later ones sort after earlier ones.</summary>
    public static BlockId New(DateTimeOffset now) => new(Identifier.New(now));

    /// <summary>Reads an id that came from outside; false if it cannot be one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out BlockId id)
    {
        id = new(text ?? "");
        return Identifier.IsValid(text);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
