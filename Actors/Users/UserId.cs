using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Users;

/// <summary>A person. Known to that person alone: rooms speak of members.</summary>
public readonly record struct UserId(string Value)
{
    /// <summary>A new id; later ones sort after earlier ones.</summary>
    public static UserId New(DateTimeOffset now) => new(Identifier.New(now));

    /// <summary>Reads an id that came from outside; false if it cannot be one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out UserId id)
    {
        id = new(text ?? "");
        return Identifier.IsValid(text);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
