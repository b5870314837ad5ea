namespace Akka.Configuration.Hocon;

/// <summary>Reads HOCON.</summary>
public class Parser
{
    /// <summary>Reads a text with its substitutions; each include is asked of <paramref name="includeCallback"/> by the name it gives, and what that knows nothing of (null) is left out.</summary>
    /// <exception cref="ConfigurationException">The text is malformed; the message has line and column.</exception>
    /// <exception cref="FormatException">A substitution leads nowhere.</exception>
    public static HoconRoot Parse(string text, Func<string, HoconRoot?>? includeCallback)
    {
        ArgumentNullException.ThrowIfNull(text);
        var source = new HoconSource(text);
        var draft = new HoconReader(source, includeCallback).Read();
        return new HoconRoot(new HoconResolver(source, draft).Resolve());
    }
}
