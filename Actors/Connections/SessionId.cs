using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Connections;

/// <summary>A client session, which outlives its sockets.</summary>
public readonly record struct SessionId(string Value)
{
    /// <summary>A new id; later ones sort after earlier ones.</summary>
    public static SessionId New(DateTimeOffset now) => new(Identifier.New(now));

    /// <summary>Reads an id that came from outside; false if it cannot be one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out SessionId id)
    {
        id = new(text ?? "");
        return Identifier.IsValid(text);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
