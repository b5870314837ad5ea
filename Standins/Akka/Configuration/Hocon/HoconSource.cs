namespace Akka.Configuration.Hocon;

/// <summary>A text, and what to say about a place in it.</summary>
internal sealed class HoconSource(string text)
{
    public string Text { get; } = text;

    public ConfigurationException Malformed(int position, string reason) => new($"Line {Locate(position).Line}, column {Locate(position).Column}: {reason}");

    public FormatException Unresolved(int position, string path) =>
        new($"Line {Locate(position).Line}, column {Locate(position).Column}: the substitution ${{{path}}} leads nowhere.");

    private (int Line, int Column) Locate(int position)
    {
        var before = Text.AsSpan(0, Math.Min(position, Text.Length));
        return (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }
}
