using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Rooms;

/// <summary>A person in one room; does not lead back to the user.</summary>
public readonly record struct MemberId(string Value)
{
    public static MemberId New(DateTimeOffset now) => new(Identifier.New(now));

    public static bool TryParse([NotNullWhen(true)] string? text, out MemberId id) => Identifier.IsValid((id = new(text ?? "")).Value);

    public override string ToString() => Value;
}
