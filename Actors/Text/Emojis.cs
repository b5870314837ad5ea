using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Text;

/// <summary>
/// The fully qualified emoji of Unicode 17's <c>emoji-test.txt</c>, from the embedded <c>emoji.txt</c>: one line per subgroup,
/// its name first, then the emoji in the order of the list.
/// </summary>
internal static class Emojis
{
    private const string VariationSelector = "\uFE0F";

    private static readonly FrozenDictionary<string, string> Qualified = Load();

    /// <summary>Finds an emoji in any of its forms, which differ only in variation selectors, and returns the fully qualified form.</summary>
    public static bool TryQualify(string text, [NotNullWhen(true)] out string? qualified) => Qualified.TryGetValue(Bare(text), out qualified);

    private static string Bare(string text) => text.Replace(VariationSelector, "", StringComparison.Ordinal);

    private static FrozenDictionary<string, string> Load()
    {
        using var stream = typeof(Emojis).Assembly.GetManifestResourceStream("emoji.txt") ?? throw new InvalidOperationException("emoji.txt is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(subgroup => subgroup.Split(' ').Skip(1))
            .ToFrozenDictionary(Bare, emoji => emoji, StringComparer.Ordinal);
    }
}
