using System.Security.Cryptography;
using WebChat.Actors.Users;

namespace WebChat.Actors.Persistence.Encryption;

/// <summary>
/// The table of the users' keys. A key is written once, and overwritten in place when it is destroyed. Rows never move, so that
/// SQLite leaves no copy of a key behind.
/// </summary>
public sealed class PersonKeyTable(JournalDatabase database)
{
    /// <summary>A user's key; null if there is none.</summary>
    public PersonKey? Find(UserId person) => Read("SELECT key_id, user_id, secret FROM person_key WHERE user_id = @which", person.Value);

    /// <summary>A key by its id; null if there is none.</summary>
    public PersonKey? Find(long id) => Read("SELECT key_id, user_id, secret FROM person_key WHERE key_id = @which", id);

    /// <summary>Creates a user's key, if there is none. It is on disk before anything that it encrypts.</summary>
    public void Add(UserId person) => database.Execute(
        "INSERT INTO person_key (user_id, secret) VALUES (@person, @secret) ON CONFLICT (user_id) DO NOTHING",
        ("@person", person.Value),
        ("@secret", RandomNumberGenerator.GetBytes(PersonKey.SecretBytes)));

    /// <summary>Overwrites a user's key with zeros.</summary>
    public void Destroy(UserId person) => database.Execute(
        "INSERT INTO person_key (user_id, secret) VALUES (@person, @secret) ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret",
        ("@person", person.Value),
        ("@secret", new byte[PersonKey.SecretBytes]));

    private PersonKey? Read(string query, object which)
    {
        using var command = database.Readers.CreateCommand(query);
        JournalDatabase.Bind(command, ("@which", which));
        using var rows = command.ExecuteReader();
        return rows.Read() ? new(rows.GetInt64(0), new(rows.GetString(1)), rows.GetFieldValue<byte[]>(2)) : null;
    }
}
