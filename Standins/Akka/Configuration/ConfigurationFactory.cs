using System.Reflection;
using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>Makes configurations out of HOCON texts.</summary>
public class ConfigurationFactory
{
    private static readonly Lazy<Config> Reference = new(ReadReference);

    /// <summary>A configuration without settings.</summary>
    public static Config Empty => Config.Empty;

    /// <summary>Reads a text that includes nothing.</summary>
    /// <exception cref="ConfigurationException">The text is malformed; the message has line and column.</exception>
    /// <exception cref="FormatException">A substitution leads nowhere.</exception>
    public static Config ParseString(string hocon) => new(Parser.Parse(hocon, null));

    /// <summary>Reads a text; each of its includes is asked of <paramref name="includeCallback"/> by the name it gives.</summary>
    /// <exception cref="ConfigurationException">The text is malformed; the message has line and column.</exception>
    /// <exception cref="FormatException">A substitution leads nowhere.</exception>
    public static Config ParseString(string hocon, Func<string, HoconRoot?>? includeCallback) => new(Parser.Parse(hocon, includeCallback));

    /// <summary>The application's own configuration. An <c>App.config</c> section is not read here, so this has no settings: hand a configuration to the actor system instead.</summary>
    public static Config Load() => Empty;

    /// <summary>The settings that hold where nobody sets anything else.</summary>
    public static Config Default() => Reference.Value;

    /// <summary>Reads the text that the assembly of <paramref name="instanceInAssembly"/> embeds under <paramref name="resourceName"/>.</summary>
    public static Config FromResource(string resourceName, object instanceInAssembly)
    {
        ArgumentNullException.ThrowIfNull(instanceInAssembly);
        return FromResource(resourceName, instanceInAssembly as Assembly ?? (instanceInAssembly as Type ?? instanceInAssembly.GetType()).Assembly);
    }

    /// <summary>Reads the text that the assembly of <typeparamref name="TAssembly"/> embeds under <paramref name="resourceName"/>.</summary>
    public static Config FromResource<TAssembly>(string resourceName) => FromResource(resourceName, typeof(TAssembly).Assembly);

    /// <summary>Reads the text that <paramref name="assembly"/> embeds under <paramref name="resourceName"/>.</summary>
    /// <exception cref="ConfigurationException">The assembly embeds nothing under that name, or the text is malformed.</exception>
    public static Config FromResource(string resourceName, Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        using var stream = assembly.GetManifestResourceStream(resourceName)
            ?? throw new ConfigurationException($"{assembly.GetName().Name} has no embedded resource '{resourceName}'.");
        using var reader = new StreamReader(stream);
        return ParseString(reader.ReadToEnd());
    }

    private static Config ReadReference()
    {
        var assembly = typeof(ConfigurationFactory).Assembly;
        var name = assembly.GetManifestResourceNames().SingleOrDefault(n => n.EndsWith("reference.conf", StringComparison.Ordinal))
            ?? throw new ConfigurationException($"{assembly.GetName().Name} lacks its reference.conf.");
        return FromResource(name, assembly);
    }
}
