using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace WebChat.Actors.Accounts;

/// <summary>
/// A password before hashing, prepared as RFC 8265 (OpaqueString) says, so that every keyboard produces the same text.
/// <see cref="ToString"/> hides it from logs.
/// </summary>
public readonly record struct Password
{
    private const int Shortest = 8;
    private const int Longest = 128;
    private static readonly Rune Space = new(' ');

    private Password(string value) => Value = value;

    /// <summary>The prepared text.</summary>
    public string Value { get; }

    /// <summary>Parses a password of 8 to 128 Unicode scalar values without control characters; false if it is invalid.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Password password)
    {
        var spaced = (text ?? "").EnumerateRunes().Select(rune => Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator ? Space : rune);
        password = new(string.Concat(spaced).Normalize(NormalizationForm.FormC));
        return password.Value.EnumerateRunes().Count() is >= Shortest and <= Longest && !password.Value.EnumerateRunes().Any(Rune.IsControl);
    }

    public override string ToString() => "***";
}

/// <summary>The hash of a password. The edge makes and checks hashes; accounts never see a password. <see cref="ToString"/> hides it.</summary>
public readonly record struct PasswordHash(string Value)
{
    /// <summary>The hash of an account without a password: a guest's.</summary>
    public static PasswordHash None { get; } = new("");

    public override string ToString() => "***";
}
