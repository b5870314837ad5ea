using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace WebChat.Actors.Hosting;

/// <summary>Reads the actor system's configuration, which travels inside this assembly.</summary>
public static class HoconResource
{
    /// <summary>The configuration in <c>hocon/webchat.conf</c>, with what it includes.</summary>
    public static Config WebChat() => new(Parse("webchat.conf"));

    private static HoconRoot Parse(string name)
    {
        using var stream = typeof(HoconResource).Assembly.GetManifestResourceStream($"hocon/{name}")
            ?? throw new ConfigurationException($"There is no hocon/{name}.");
        using var reader = new StreamReader(stream);
        return Parser.Parse(reader.ReadToEnd(), Parse);
    }
}
