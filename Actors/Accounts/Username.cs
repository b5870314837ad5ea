using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Accounts;

/// <summary>The name that a user logs in with: 3 to 20 of <c>A–Z a–z 0–9 _</c>, unique without regard to case.</summary>
public readonly record struct Username(string Value)
{
    private static readonly SearchValues<char> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>The account's key: the name in lower case.</summary>
    public string Key => Value.ToLowerInvariant();

    /// <summary>Parses a name; false if it is invalid.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Username username)
    {
        username = new(text ?? "");
        return text is { Length: >= 3 and <= 20 } && !text.AsSpan().ContainsAnyExcept(Letters);
    }

    public override string ToString() => Value;
}
