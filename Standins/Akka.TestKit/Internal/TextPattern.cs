using System.Text.RegularExpressions;

namespace Akka.TestKit.Internal;

/// <summary>A text to look for: the whole, its beginning, a part of it, or what a regular expression finds.</summary>
internal sealed record TextPattern(string Description, Func<string, bool> Test)
{
    public bool Fits(string? text) => text is not null && Test(text);

    public override string ToString() => Description;

    public static TextPattern? Message(string? whole, string? start, string? part) =>
        whole is not null ? new($"is \"{whole}\"", text => text == whole)
        : start is not null ? new($"starts with \"{start}\"", text => text.StartsWith(start, StringComparison.Ordinal))
        : part is not null ? new($"contains \"{part}\"", text => text.Contains(part, StringComparison.Ordinal))
        : null;

    public static TextPattern Message(Regex pattern) => new($"matches /{pattern}/", pattern.IsMatch);

    // A source may be given with or without the address of the system and the word "user" in front.
    public static TextPattern? Source(string? source) =>
        source is null ? null : new($"is \"{source}\"", text => text == source || text.EndsWith("/" + source.TrimStart('/'), StringComparison.Ordinal));
}
