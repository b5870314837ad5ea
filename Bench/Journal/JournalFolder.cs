using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Microsoft.Data.Sqlite;
using WebChat.Actors.Hosting;

namespace WebChat.Bench.Journal;

/// <summary>A folder with a new database in it, for one measurement; removed afterwards.</summary>
public sealed class JournalFolder : IDisposable
{
    private const string Sql = "SQLite.MS";

    /// <summary>Where the database is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("webchat-bench-").FullName;

    /// <summary>How the database is reached.</summary>
    public string ConnectionString => $"Data Source={System.IO.Path.Combine(Path, "webchat.db")}";

    /// <summary>An actor system whose journal is in the database.</summary>
    public ActorSystem Start() => ActorSystem.Create("bench", ConfigurationFactory.ParseString($$"""
        akka {
          loglevel = WARNING
          persistence {
            journal.sql { connection-string = "{{ConnectionString}}", provider-name = {{Sql}} }
            snapshot-store.sql { connection-string = "{{ConnectionString}}", provider-name = {{Sql}} }
          }
        }
        """).WithFallback(HoconResource.WebChat()).WithFallback(SqlPersistence.DefaultConfiguration));

    /// <summary>A plain connection to the database.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString + ";Pooling=False");
        connection.Open();
        return connection;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }
}
