using Akka.Configuration;

namespace WebChat.Actors.Hosting;

/// <summary>Reads the actor system's configuration, which is embedded in this assembly.</summary>
public static class HoconResource
{
    /// <summary>The configuration in <c>hocon/webchat.conf</c>.</summary>
    public static Config WebChat() => Read("webchat.conf");

    /// <summary>The configuration in <c>hocon/cluster.conf</c>.</summary>
    public static Config Cluster() => Read("cluster.conf");

    private static Config Read(string file) => ConfigurationFactory.FromResource($"hocon/{file}", typeof(HoconResource).Assembly);
}
