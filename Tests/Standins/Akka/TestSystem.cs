using Akka.Actor;
using Akka.Configuration;

namespace WebChat.Tests.Standins.Akka;

/// <summary>Makes systems that keep expected failures off the console.</summary>
internal static class TestSystem
{
    private static readonly Config Quiet = ConfigurationFactory.ParseString(
        """
        akka.loglevel = DEBUG
        akka.stdout-loglevel = OFF
        akka.loggers = ["WebChat.Tests.Standins.Akka.SilentLogger, Tests"]
        """);

    public static ActorSystem Create(string hocon = "") =>
        ActorSystem.Create("test", ConfigurationFactory.ParseString(hocon).WithFallback(Quiet));

    public static Config With(string hocon) => ConfigurationFactory.ParseString(hocon).WithFallback(Quiet);
}
