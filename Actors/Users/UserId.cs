using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Users;

/// <summary>A user. The id is known to that user alone: rooms show member ids.</summary>
public readonly record struct UserId(string Value)
{
    public static UserId New(DateTimeOffset now) => new(Identifier.New(now));

    public static bool TryParse([NotNullWhen(true)] string? text, out UserId id) => Identifier.IsValid((id = new(text ?? "")).Value);

    public override string ToString() => Value;
}
