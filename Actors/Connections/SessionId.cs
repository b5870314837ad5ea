using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Connections;

/// <summary>A client session, which outlives its transports.</summary>
public readonly record struct SessionId(string Value)
{
    public static SessionId New(DateTimeOffset now) => new(Identifier.New(now));

    public static bool TryParse([NotNullWhen(true)] string? text, out SessionId id) => Identifier.IsValid((id = new(text ?? "")).Value);

    public override string ToString() => Value;
}
