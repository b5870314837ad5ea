using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Rooms;

/// <summary>A message in a room.</summary>
public readonly record struct MessageId(string Value)
{
    public static MessageId New(DateTimeOffset now) => new(Identifier.New(now));

    public static bool TryParse([NotNullWhen(true)] string? text, out MessageId id) => Identifier.IsValid((id = new(text ?? "")).Value);

    public override string ToString() => Value;
}
