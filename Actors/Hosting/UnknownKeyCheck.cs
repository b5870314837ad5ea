using System.Collections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using WebChat.Actors.Options;

namespace WebChat.Actors.Hosting;

/// <summary>A section of the configuration, and its options class.</summary>
public sealed record OptionsSection(string Path, Type Options);

/// <summary>Refuses unknown keys under <c>WebChat</c>, and names the nearest known key.</summary>
public sealed class UnknownKeyCheck(IConfiguration configuration, IEnumerable<OptionsSection> sections) : IValidateOptions<StorageOptions>
{
    private readonly HashSet<string> _known =
        sections.SelectMany(section => KeysOf(section.Options, section.Path)).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var unknown = configuration.GetSection("WebChat").AsEnumerable()
            .Where(setting => setting.Value is not null && setting.Key.Contains(':') && !IsKnown(setting.Key, setting.Value))
            .Select(setting => $"{setting.Key} is not a known setting. Did you mean {Nearest(setting.Key)}?")
            .ToList();
        return unknown.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(unknown);
    }

    // An empty list or section of a JSON file is a key with an empty value.
    private bool IsKnown(string key, string value) =>
        _known.Contains(WithFirstIndex(key)) ||
        (value.Length == 0 && _known.Any(known => known.StartsWith($"{WithFirstIndex(key)}:", StringComparison.OrdinalIgnoreCase)));

    // A right name under a wrong section is nearer than a wrong name under the right one.
    private string Nearest(string key) => _known.MinBy(known => (Distance(NameIn(key), NameIn(known)), Distance(key, known)))!;

    private static IEnumerable<string> KeysOf(Type options, string path) =>
        from property in options.GetProperties()
        where property.CanWrite
        from key in KeysAt(property.PropertyType, $"{path}:{property.Name}")
        select key;

    private static IEnumerable<string> KeysAt(Type type, string path) => type switch
    {
        _ when type == typeof(string) || type.IsValueType => [path],
        _ when type.IsAssignableTo(typeof(IEnumerable)) => KeysAt(type.GetGenericArguments()[0], $"{path}:0"),
        _ => KeysOf(type, path),
    };

    private static string WithFirstIndex(string key) => string.Join(':', key.Split(':').Select(part => int.TryParse(part, out _) ? "0" : part));

    private static string NameIn(string key) => key.Split(':').Last(part => !int.TryParse(part, out _));

    // The Levenshtein distance: how many characters to insert, delete or replace.
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        foreach (var character in from)
        {
            var diagonal = row[0]++;
            for (var i = 1; i < row.Length; i++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(character) == char.ToUpperInvariant(to[i - 1]) ? 0 : 1);
                (diagonal, row[i]) = (row[i], Math.Min(replaced, Math.Min(row[i], row[i - 1]) + 1));
            }
        }

        return row[^1];
    }
}
