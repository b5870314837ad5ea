using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace WebChat.Actors;

/// <summary>The format of all ids: a UUIDv7 as 32 lower-case hexadecimal digits, opaque to clients.</summary>
internal static class Identifier
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Makes a UUIDv7. A simulation replaces it, so that its ids repeat.</summary>
    internal static Func<DateTimeOffset, Guid> Source { get; set; } = Guid.CreateVersion7;

    public static string New(DateTimeOffset now) => Source(now).ToString("N");

    /// <summary>When an id was made, to the millisecond.</summary>
    public static DateTimeOffset TimeOf(string id) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(id.AsSpan(0, 12), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));

    /// <summary>Whether a text has the format of an id.</summary>
    public static bool IsValid([NotNullWhen(true)] string? text) => text is { Length: 32 } && !text.AsSpan().ContainsAnyExcept(Digits);
}
