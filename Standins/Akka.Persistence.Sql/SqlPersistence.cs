using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence.Sql;

/// <summary>The SQL plugins of an actor system.</summary>
public class SqlPersistence : IExtension
{
    /// <summary>The settings of both plugins that hold where nothing else is said.</summary>
    public static readonly Configuration.Config DefaultConfiguration = ConfigurationFactory.FromResource<SqlPersistence>("Akka.Persistence.Sql.persistence.conf");

    /// <summary>Adds the plugins' default settings to a system's.</summary>
    public SqlPersistence(ActorSystem system) => system.Settings.InjectTopLevelFallback(DefaultConfiguration);
}
