using System.Globalization;
using System.Text;

namespace WebChat.Actors.Text;

/// <summary>Properties of characters that .NET does not provide.</summary>
internal static class Characters
{
    private const char BrailleBlank = '\u2800';
    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    // Default_Ignorable_Code_Point of Unicode 17 (DerivedCoreProperties.txt).
    private static readonly (int First, int Last)[] DefaultIgnorable =
    [
        (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F),
        (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0),
        (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    ];

    // Blocks of the scripts that change the form of letters beside a joiner: from Arabic to Myanmar, from Tagalog to
    // Mongolian, and the later Indic ones.
    private static readonly (int First, int Last)[] JoiningScripts = [(0x600, 0x109F), (0x1700, 0x18AF), (0xA800, 0xABFF), (0x10A00, 0x11FFF)];

    /// <summary>Whether the character is default-ignorable, such as a bidirectional control or a variation selector.</summary>
    public static bool IsDefaultIgnorable(Rune rune) => !rune.IsAscii && IsIn(DefaultIgnorable, rune);

    /// <summary>Whether the character is visible: a letter, a number, punctuation or a symbol.</summary>
    public static bool IsVisible(Rune rune) =>
        (Rune.IsLetterOrDigit(rune) || Rune.IsNumber(rune) || Rune.IsPunctuation(rune) || Rune.IsSymbol(rune)) && rune.Value != BrailleBlank && !IsDefaultIgnorable(rune);

    /// <summary>Whether a joiner or non-joiner stands where its script uses one: between letters, or after a sign such as a virama.</summary>
    public static bool IsNeededJoiner(string text, int at)
    {
        if (text[at] is not (ZeroWidthJoiner or ZeroWidthNonJoiner) || Rune.DecodeLastFromUtf16(text.AsSpan(0, at), out var before, out _) != System.Buffers.OperationStatus.Done || !IsIn(JoiningScripts, before))
            return false;
        return Rune.GetUnicodeCategory(before) == UnicodeCategory.NonSpacingMark
            || (Rune.IsLetter(before) && Rune.DecodeFromUtf16(text.AsSpan(at + 1), out var after, out _) == System.Buffers.OperationStatus.Done && IsIn(JoiningScripts, after));
    }

    private static bool IsIn((int First, int Last)[] ranges, Rune rune)
    {
        foreach (var (first, last) in ranges)
        {
            if (rune.Value <= last)
                return rune.Value >= first;
        }

        return false;
    }
}
