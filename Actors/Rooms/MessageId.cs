using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace WebChat.Actors.Rooms;

/// <summary>
/// A message in a room: when it was posted and its seq, 16 hexadecimal digits each, so that the journal finds the message by its
/// primary key. Opaque to clients.
/// </summary>
public readonly record struct MessageId(string Value)
{
    /// <summary>The id of the message that a room's event posts.</summary>
    /// <param name="at">When, in Unix milliseconds.</param>
    /// <param name="seq">The event's seq.</param>
    public static MessageId Of(long at, long seq) => new(string.Create(CultureInfo.InvariantCulture, $"{at:x16}{seq:x16}"));

    /// <summary>The seq of the event that posted the message.</summary>
    public long Seq => long.Parse(Value.AsSpan(16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    public static bool TryParse([NotNullWhen(true)] string? text, out MessageId id) => Identifier.IsValid((id = new(text ?? "")).Value);

    public override string ToString() => Value;
}
