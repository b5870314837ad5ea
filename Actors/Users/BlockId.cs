using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Users;

/// <summary>A block, as its maker knows it. Does not reveal the blocked user.</summary>
public readonly record struct BlockId(string Value)
{
    public static BlockId New(DateTimeOffset now) => new(Identifier.New(now));

    public static bool TryParse([NotNullWhen(true)] string? text, out BlockId id) => Identifier.IsValid((id = new(text ?? "")).Value);

    public override string ToString() => Value;
}
