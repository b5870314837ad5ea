using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace WebChat.Actors.Users;

/// <summary>A well-formed BCP 47 language tag (neither irregular nor purely private), in the case that RFC 5646 recommends.</summary>
public readonly partial record struct LanguageTag(string Value)
{
    private const int MaxLength = 35;

    /// <summary>The language without script, region or variant. Two users with the same one can talk.</summary>
    public ReadOnlySpan<char> Language => Value.IndexOf('-') is >= 0 and var end ? Value.AsSpan(0, end) : Value;

    /// <summary>Parses a tag in any case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out LanguageTag tag)
    {
        tag = default;
        if (text is null || text.Length > MaxLength || !WellFormed().IsMatch(text))
            return false;
        var subtags = text.ToLowerInvariant().Split('-');
        for (var i = 1; i < subtags.Length && subtags[i].Length > 1; i++)
        {
            if (subtags[i].Length == 2)
                subtags[i] = subtags[i].ToUpperInvariant();
            else if (subtags[i].Length == 4)
                subtags[i] = char.ToUpperInvariant(subtags[i][0]) + subtags[i][1..];
        }

        tag = new(string.Join('-', subtags));
        return true;
    }

    public override string ToString() => Value;

    // Language with up to three extensions of it, script, region, variants, extensions, private use.
    [GeneratedRegex(
        """
        \A
        (?: [A-Za-z]{2,3} (?: -[A-Za-z]{3} ){0,3} | [A-Za-z]{4,8} )
        (?: -[A-Za-z]{4} )?
        (?: -(?: [A-Za-z]{2} | [0-9]{3} ) )?
        (?: -(?: [A-Za-z0-9]{5,8} | [0-9][A-Za-z0-9]{3} ) )*
        (?: -[0-9A-WYZa-wyz] (?: -[A-Za-z0-9]{2,8} )+ )*
        (?: -[Xx] (?: -[A-Za-z0-9]{1,8} )+ )?
        \z
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex WellFormed();
}
