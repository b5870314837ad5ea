using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Rooms;

/// <summary>A message in a room.</summary>
public readonly record struct MessageId(string Value)
{
    /// <summary>A new id; later ones sort after earlier ones.</summary>
    public static MessageId New(DateTimeOffset now) => new(Identifier.New(now));

    /// <summary>Reads an id that came from outside; false if it cannot be one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MessageId id)
    {
        id = new(text ?? "");
        return Identifier.IsValid(text);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
