using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Accounts;

/// <summary>A login: the family of all refresh tokens that descend from it.</summary>
public readonly record struct FamilyId(string Value)
{
    public static FamilyId New(DateTimeOffset now) => new(Identifier.New(now));

    /// <summary>When the login began, to the millisecond.</summary>
    public DateTimeOffset At => Identifier.TimeOf(Value);

    public static bool TryParse([NotNullWhen(true)] string? text, out FamilyId id) => Identifier.IsValid((id = new(text ?? "")).Value);

    public override string ToString() => Value;
}
