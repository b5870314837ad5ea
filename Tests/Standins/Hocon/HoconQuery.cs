using System.Globalization;
using Akka.Configuration;

namespace WebChat.Tests.Standins.Hocon;

/// <summary>One question of answers.json, as an operation and a path, put to a configuration.</summary>
internal sealed record HoconQuery(string Operation, string Path)
{
    public static HoconQuery Parse(string query) => query.Split(' ', 2) is [var operation, var path] ? new(operation, path) : new(query, "");

    /// <summary>The answer as JSON would write it, or <c>throws TypeName</c>.</summary>
    public string Ask(Config config)
    {
        try
        {
            return Read(config);
        }
        catch (Exception e) when (e is FormatException or NotSupportedException or ConfigurationException)
        {
            return $"throws {e.GetType().FullName}";
        }
    }

    private string Read(Config config) => Operation switch
    {
        "int" => Text(config.GetInt(Path)),
        "int?" => Text(config.GetInt(Path, 42)),
        "long" => Text(config.GetLong(Path)),
        "double" => Text(config.GetDouble(Path)),
        "float" => Text(config.GetFloat(Path)),
        "decimal" => Text(config.GetDecimal(Path)),
        "bool" => Text(config.GetBoolean(Path)),
        "bool?" => Text(config.GetBoolean(Path, true)),
        "string" => Text(config.GetString(Path)),
        "string?" => Text(config.GetString(Path, "default")),
        "time" => Text(config.GetTimeSpan(Path)),
        "time?" => Text(config.GetTimeSpan(Path, TimeSpan.FromSeconds(7))),
        "bytes" => Text(config.GetByteSize(Path, null)),
        "ints" => Text(config.GetIntList(Path)),
        "strings" => Text(config.GetStringList(Path)),
        "has" => Text(config.HasPath(Path)),
        "keys" => Text(config.GetConfig(Path)!.AsEnumerable().Select(setting => setting.Key)),
        "count" => Text(config.GetValue(Path)!.GetArray().Count),
        "empty" => Text(config.IsEmpty),
        "config" => Text(config.GetConfig(Path)?.ToString()),
        _ => throw new ArgumentException($"answers.json asks '{Operation}', which this test does not know."),
    };

    private static string Text<T>(IEnumerable<T> values) => $"[{string.Join(", ", values.Select(v => Text(v)))}]";

    private static string Text(string? value) => value ?? "null";

    private static string Text(object? value) => value switch
    {
        null => "null",
        TimeSpan time => time == Timeout.InfiniteTimeSpan ? "infinite" : time.ToString("c", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
