using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using WebChat.Actors.Users;

namespace WebChat.Actors.Journal.Sealing;

/// <summary>
/// The table of the persons' keys. A key is written once and, when it is destroyed, overwritten where it lies: rows are never
/// moved, so that SQLite leaves no copy of one behind.
/// </summary>
public sealed class PersonKeyTable(JournalDatabase database)
{
    private const int SqliteBusy = 5;

    /// <summary>A key by whose it is; null if there is none.</summary>
    public PersonKey? Find(UserId person) => Read("SELECT key_id, user_id, secret FROM person_key WHERE user_id = @which", person.Value);

    /// <summary>A key by its id; null if there is none.</summary>
    public PersonKey? Find(long id) => Read("SELECT key_id, user_id, secret FROM person_key WHERE key_id = @which", id);

    /// <summary>Makes a person's key, if there is none; it is on disk before whatever is written later.</summary>
    public void Add(UserId person)
    {
        // SQLite's log keeps the order: the commit of what the key seals brings the key to the disk with it.
        using var connection = Open("NORMAL");
        Execute(
            connection,
            "INSERT INTO person_key (user_id, secret) VALUES (@person, @secret) ON CONFLICT (user_id) DO NOTHING",
            ("@person", person.Value),
            ("@secret", RandomNumberGenerator.GetBytes(PersonKey.SecretBytes)));
    }

    /// <summary>Overwrites a person's key with zeros.</summary>
    public void Destroy(UserId person)
    {
        using var connection = Open("FULL");
        Execute(
            connection,
            "INSERT INTO person_key (user_id, secret) VALUES (@person, @secret) ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret",
            ("@person", person.Value),
            ("@secret", new byte[PersonKey.SecretBytes]));
    }

    /// <summary>Empties SQLite's log, in which a key may stand from when it was made.</summary>
    /// <exception cref="DbException">Others read or write just now.</exception>
    public void EmptyLog()
    {
        using var connection = Open("FULL");
        if (connection is not SqliteConnection)
            return;
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        using var outcome = command.ExecuteReader();
        if (outcome.Read() && outcome.GetInt64(0) != 0)
            throw new SqliteException("The log could not be emptied, since others are reading or writing.", SqliteBusy);
    }

    private PersonKey? Read(string query, object which)
    {
        using var command = database.Readers.CreateCommand(query);
        JournalDatabase.Bind(command, ("@which", which));
        using var rows = command.ExecuteReader();
        return rows.Read() ? new(rows.GetInt64(0), new(rows.GetString(1)), rows.GetFieldValue<byte[]>(2)) : null;
    }

    private DbConnection Open(string synchronous)
    {
        var connection = database.Writers.OpenConnection();
        if (connection is SqliteConnection)
            Execute(connection, $"PRAGMA synchronous = {synchronous}; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 0; PRAGMA busy_timeout = 5000");
        return connection;
    }

    private static void Execute(DbConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        JournalDatabase.Bind(command, parameters);
        command.ExecuteNonQuery();
    }
}
