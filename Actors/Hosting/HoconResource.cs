using Akka.Configuration;

namespace WebChat.Actors.Hosting;

/// <summary>Reads the actor system's configuration, which is embedded in this assembly.</summary>
public static class HoconResource
{
    /// <summary>The configuration in <c>hocon/webchat.conf</c>.</summary>
    public static Config WebChat() => ConfigurationFactory.FromResource("hocon/webchat.conf", typeof(HoconResource).Assembly);
}
