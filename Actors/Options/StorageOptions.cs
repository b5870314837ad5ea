using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace WebChat.Actors.Options;

/// <summary>Where state lives: <c>WebChat:DataDirectory</c>, <c>:Database</c>, <c>:ConnectionString</c> and <c>:MigrateOnStart</c>.</summary>
public sealed class StorageOptions : IValidatableObject
{
    /// <summary>The directory of the database and the keys; relative to the current directory.</summary>
    [Required]
    public string DataDirectory { get; set; } = "./data";

    /// <summary>Which database the journal is in.</summary>
    [EnumDataType(typeof(DatabaseKind))]
    public DatabaseKind Database { get; set; } = DatabaseKind.Sqlite;

    /// <summary>How the database is reached, in its provider's words; for SQLite, empty is the file in the data directory.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Whether a start brings the database to the schema of this program; otherwise it must be there already.</summary>
    public bool MigrateOnStart { get; set; } = true;

    /// <summary>The journal's file in the data directory, where SQLite is not told another.</summary>
    public string DatabaseFile => Path.Combine(Path.GetFullPath(DataDirectory), "webchat.db");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Database == DatabaseKind.Postgres && ConnectionString.Length == 0)
            yield return new("PostgreSQL needs a connection string.", [nameof(ConnectionString)]);
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

/// <summary>Which database the journal is in: <c>WebChat:Database</c>.</summary>
public enum DatabaseKind
{
    /// <summary>A file in the data directory; nothing to install.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server.</summary>
    Postgres,
}
