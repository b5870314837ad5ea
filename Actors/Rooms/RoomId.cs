using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Rooms;

/// <summary>A room.</summary>
public readonly record struct RoomId(string Value)
{
    public static RoomId New(DateTimeOffset now) => new(Identifier.New(now));

    public static bool TryParse([NotNullWhen(true)] string? text, out RoomId id) => Identifier.IsValid((id = new(text ?? "")).Value);

    public override string ToString() => Value;
}
