using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace WebChat.Actors.Options;

/// <summary>The storage: <c>WebChat:DataDirectory</c>, <c>:Database</c>, <c>:ConnectionString</c> and <c>:MigrateOnStart</c>.</summary>
public sealed class StorageOptions : IValidatableObject
{
    /// <summary>The directory of the database and the keys; relative to the current directory.</summary>
    [Required]
    public string DataDirectory { get; set; } = "./data";

    /// <summary>The kind of database that holds the journal.</summary>
    [EnumDataType(typeof(DatabaseKind))]
    public DatabaseKind Database { get; set; } = DatabaseKind.Sqlite;

    /// <summary>The provider's connection string. Empty on SQLite: the file in the data directory.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Whether a start migrates the database. Otherwise the schema must be up to date.</summary>
    public bool MigrateOnStart { get; set; } = true;

    /// <summary>The default path of the SQLite file.</summary>
    public string DatabaseFile => Path.Combine(Path.GetFullPath(DataDirectory), "webchat.db");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Database == DatabaseKind.Postgres && ConnectionString.Length == 0)
            yield return new("must be set for PostgreSQL.", [nameof(ConnectionString)]);
        if (ConnectionStringFault() is { } fault)
            yield return new(fault, [nameof(ConnectionString)]);
    }

    private string? ConnectionStringFault()
    {
        try
        {
            DbConnectionStringBuilder _ = Database == DatabaseKind.Postgres
                ? new NpgsqlConnectionStringBuilder(ConnectionString)
                : new SqliteConnectionStringBuilder(ConnectionString);
            return null;
        }
        catch (ArgumentException ex)
        {
            return ex.Message;
        }
    }
}

/// <summary>The kind of database that holds the journal: <c>WebChat:Database</c>.</summary>
public enum DatabaseKind
{
    /// <summary>A file in the data directory. Nothing needs to be installed.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server.</summary>
    Postgres,
}
