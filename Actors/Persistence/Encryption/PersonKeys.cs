using System.Collections.Concurrent;
using WebChat.Actors.Users;

namespace WebChat.Actors.Persistence.Encryption;

/// <summary>The keys of all users, in a table of the journal's database, with the recently used ones in memory. Thread-safe.</summary>
public sealed class PersonKeys(PersonKeyTable table, SqliteLog log)
{
    private static readonly TimeSpan WaitForOthers = TimeSpan.FromSeconds(4);

    // About 2 KB each.
    private const int MostPerGeneration = 4_096;

    private readonly Lock _loading = new();
    private volatile Generation _young = new();
    private volatile Generation _old = new();

    /// <summary>A user's key. A missing key is created, and is on disk before anything that it encrypts.</summary>
    /// <exception cref="System.Data.Common.DbException">The database cannot be read or written.</exception>
    public PersonKey Of(UserId person)
    {
        if ((Known(person) ?? Load(() => Known(person), () => table.Find(person))) is { } key)
            return key;

        // This waits for the disk, so it holds no lock: other callers find their keys meanwhile.
        table.Add(person);
        return Load(() => Known(person), () => table.Find(person))!;
    }

    /// <summary>Whether <see cref="Of"/> has a user's key in memory.</summary>
    public bool IsLoaded(UserId person) => Known(person) is not null;

    /// <summary>Whether there is the key of encrypted bytes, destroyed or not.</summary>
    /// <param name="content">The encrypted bytes.</param>
    /// <param name="id">The key's id.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The bytes are damaged.</exception>
    /// <exception cref="System.Data.Common.DbException">The database cannot be read.</exception>
    public bool HasKeyOf(ReadOnlySpan<byte> content, out long id) => Find(id = PersonKey.IdIn(content, out _)) is not null;

    /// <summary>Decrypts; null if the key is destroyed.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The bytes are damaged, or were encrypted for another purpose.</exception>
    /// <exception cref="System.Data.Common.DbException">The database cannot be read.</exception>
    public byte[]? Decrypt(ReadOnlySpan<byte> content, ReadOnlySpan<byte> purpose)
    {
        var id = PersonKey.IdIn(content, out var rest);
        return Find(id)?.Decrypt(rest, purpose);
    }

    /// <summary>Destroys a user's key for ever, on disk and in memory: later personal data of the user is discarded too. May be repeated.</summary>
    /// <exception cref="System.Data.Common.DbException">The database cannot be written.</exception>
    public void Destroy(UserId person)
    {
        table.Destroy(person);
        Forget(person);
    }

    /// <summary>Forgets a user's key that another node has destroyed in the database.</summary>
    internal void Forget(UserId person)
    {
        lock (_loading)
            Known(person)?.Destroy();
    }

    /// <summary>Empties SQLite's write-ahead log, which may still hold a destroyed key.</summary>
    /// <exception cref="TimeoutException">Other connections keep the log in use.</exception>
    /// <exception cref="System.Data.Common.DbException">The database cannot be written.</exception>
    public void EmptyLog()
    {
        if (!log.TryEmpty(WaitForOthers))
            throw new TimeoutException("SQLite's log cannot be emptied while other connections use it.");
    }

    // One caller at a time, so that a key has one instance, and none has a secret that was destroyed since it was read.
    private PersonKey? Load(Func<PersonKey?> known, Func<PersonKey?> read)
    {
        lock (_loading)
            return known() ?? (read() is { } key ? Keep(key) : null);
    }

    private PersonKey? Find(long id) => Known(id) ?? Load(() => Known(id), () => table.Find(id));

    private PersonKey? Known(UserId person) =>
        _young.ByPerson.TryGetValue(person, out var key) ? key : _old.ByPerson.TryGetValue(person, out key) ? Keep(key) : null;

    private PersonKey? Known(long id) =>
        _young.ById.TryGetValue(id, out var key) ? key : _old.ById.TryGetValue(id, out key) ? Keep(key) : null;

    // A key in neither generation was not used while a whole generation filled.
    private PersonKey Keep(PersonKey key)
    {
        var young = _young;
        young.ByPerson[key.Person] = key;
        young.ById[key.Id] = key;
        if (young.ById.Count >= MostPerGeneration)
            (_old, _young) = (young, new());
        return key;
    }

    private sealed class Generation
    {
        public ConcurrentDictionary<UserId, PersonKey> ByPerson { get; } = new();

        public ConcurrentDictionary<long, PersonKey> ById { get; } = new();
    }
}
