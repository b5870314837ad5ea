using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;
using WebChat.Actors.Options;

namespace WebChat.Actors.Journal;

/// <summary>The database that the journal is in: for the journal itself by name, for readers as connections of their own.</summary>
public sealed class JournalDatabase : IDisposable
{
    /// <summary>The database of the options; the directory of a file is made.</summary>
    public JournalDatabase(IOptions<StorageOptions> options)
    {
        var storage = options.Value;
        if (storage.Database == DatabaseKind.Postgres)
        {
            ProviderName = "PostgreSQL.15";
            ConnectionString = storage.ConnectionString;
            Readers = NpgsqlDataSource.Create(storage.ConnectionString);
            return;
        }

        var file = new SqliteConnectionStringBuilder(storage.ConnectionString);
        if (file.DataSource.Length == 0)
            file.DataSource = storage.DatabaseFile;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file.DataSource))!);
        ProviderName = "SQLite.MS";
        ConnectionString = file.ToString();
        Readers = SqliteFactory.Instance.CreateDataSource(new SqliteConnectionStringBuilder(file.ToString()) { Mode = SqliteOpenMode.ReadOnly }.ToString());
    }

    /// <summary>As linq2db names it, in whose words Akka.Persistence.Sql is told.</summary>
    public string ProviderName { get; }

    /// <summary>How the journal reaches it.</summary>
    public string ConnectionString { get; }

    /// <summary>Gives connections to who reads, apart from the journal's writer.</summary>
    public DbDataSource Readers { get; }

    /// <inheritdoc/>
    public void Dispose() => Readers.Dispose();
}
