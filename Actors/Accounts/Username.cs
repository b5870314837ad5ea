using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using WebChat.Actors.Users;

namespace WebChat.Actors.Accounts;

/// <summary>
/// The name of an account: 3 to 20 of <c>A–Z a–z 0–9 _</c>, unique without regard to case. A guest's account, which no user logs in to,
/// has the user's id as its name.
/// </summary>
public readonly record struct Username(string Value)
{
    private const int Longest = 20;

    private static readonly SearchValues<char> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>The account's key: the name in lower case.</summary>
    public string Key => Value.ToLowerInvariant();

    /// <summary>Whether the account began as a guest's. An id is longer than any name that a user can choose.</summary>
    public bool IsGuest => Value.Length > Longest;

    /// <summary>The name as the user knows it; empty for a guest.</summary>
    public string Chosen => IsGuest ? "" : Value;

    /// <summary>The name of a guest's account.</summary>
    public static Username OfGuest(UserId user) => new(user.Value);

    /// <summary>Parses a name that a user can choose; false if it is invalid.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Username username)
    {
        username = new(text ?? "");
        return text is { Length: >= 3 and <= Longest } && !text.AsSpan().ContainsAnyExcept(Letters);
    }

    /// <summary>Parses the name of any account, also of a guest's; false if it is invalid.</summary>
    public static bool TryParseAny([NotNullWhen(true)] string? text, out Username username) =>
        TryParse(text, out username) || UserId.TryParse(text, out _);

    public override string ToString() => Value;
}
