using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Sql.Storage;

namespace Akka.Persistence.Sql;

/// <summary>
/// The databases of an actor system. Whoever names the same database gets the same store, and so the same writer;
/// all are closed, with everything written that was queued, when the system has ended.
/// </summary>
internal sealed class SqlStores : IExtension
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Provider, string ConnectionString), SqlStore> _stores = [];

    private SqlStores(ExtendedActorSystem system)
    {
        system.Settings.InjectTopLevelFallback(SqlPersistence.DefaultConfiguration);
        system.RegisterOnTermination(Close);
    }

    public static SqlStores Of(ActorSystem system) => new Id().Apply(system);

    /// <summary>The store that a plugin's configuration names.</summary>
    /// <exception cref="ArgumentException">The configuration names no database, or one that is not known.</exception>
    public SqlStore For(Configuration.Config config)
    {
        var connectionString = config.GetString("connection-string");
        var provider = config.GetString("provider-name");
        if (string.IsNullOrWhiteSpace(connectionString) || string.IsNullOrWhiteSpace(provider))
        {
            throw new ArgumentException("A SQL persistence plugin needs connection-string and provider-name.");
        }

        lock (_gate)
        {
            if (!_stores.TryGetValue((provider, connectionString), out var store))
            {
                store = Open(provider, new StoreSettings
                {
                    ConnectionString = connectionString,
                    MaxBatchRows = config.GetInt("batch-size", 1000),
                    AutoInitialize = config.GetBoolean("auto-initialize", true),
                });
                _stores.Add((provider, connectionString), store);
            }

            return store;
        }
    }

    private static SqlStore Open(string provider, StoreSettings settings)
    {
        if (provider.StartsWith("SQLite", StringComparison.OrdinalIgnoreCase))
        {
            return new SqliteStore(settings);
        }

        if (provider.StartsWith("PostgreSQL", StringComparison.OrdinalIgnoreCase))
        {
            return new PostgresStore(settings);
        }

        throw new ArgumentException($"provider-name {provider} is not known; there are SQLite.MS and PostgreSQL.");
    }

    private void Close()
    {
        lock (_gate)
        {
            foreach (var store in _stores.Values)
            {
                store.Dispose();
            }

            _stores.Clear();
        }
    }

    private sealed class Id : ExtensionIdProvider<SqlStores>
    {
        public override SqlStores CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
