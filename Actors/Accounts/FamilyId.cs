using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Accounts;

/// <summary>A log-in: the family of all refresh tokens that descend from it.</summary>
public readonly record struct FamilyId(string Value)
{
    /// <summary>A new id; later ones sort after earlier ones.</summary>
    public static FamilyId New(DateTimeOffset now) => new(Identifier.New(now));

    /// <summary>When the log-in was made, to the millisecond.</summary>
    public DateTimeOffset At => Identifier.TimeOf(Value);

    /// <summary>Reads an id that came from outside; false if it cannot be one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out FamilyId id)
    {
        id = new(text ?? "");
        return Identifier.IsValid(text);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
