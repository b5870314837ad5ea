using System.Collections.Concurrent;
using WebChat.Actors.Users;

namespace WebChat.Actors.Journal.Sealing;

/// <summary>The keys of all persons: in a table of the journal's database, and those used lately in memory. Thread-safe.</summary>
public sealed class PersonKeys(PersonKeyTable table, SqliteLog log)
{
    private static readonly TimeSpan WaitForOthers = TimeSpan.FromSeconds(4);

    // About 2 KB each.
    private const int MostPerGeneration = 4_096;

    private readonly Lock _loading = new();
    private volatile Generation _young = new();
    private volatile Generation _old = new();

    /// <summary>A person's key. If there is none it is made, and is on disk before anything that it seals.</summary>
    /// <exception cref="System.Data.Common.DbException">The database does not give or take it.</exception>
    public PersonKey Of(UserId person)
    {
        if ((Known(person) ?? Load(() => Known(person), () => table.Find(person))) is { } key)
            return key;

        // Waits for the disk: apart from the lock, so that others find theirs meanwhile.
        table.Add(person);
        return Load(() => Known(person), () => table.Find(person))!;
    }

    /// <summary>Whether <see cref="Of"/> has a person's key in memory.</summary>
    public bool IsLoaded(UserId person) => Known(person) is not null;

    /// <summary>Opens what a key sealed; null if that key is gone.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It is damaged, or was sealed for another purpose.</exception>
    /// <exception cref="System.Data.Common.DbException">The database does not give the key.</exception>
    public byte[]? Open(ReadOnlySpan<byte> content, ReadOnlySpan<byte> purpose)
    {
        var id = PersonKey.IdIn(content, out var rest);
        return (Known(id) ?? Load(() => Known(id), () => table.Find(id)))?.Open(rest, purpose);
    }

    /// <summary>Destroys a person's key, on disk and in memory, for ever: also what comes later is not kept. Repeating it does no harm.</summary>
    /// <exception cref="System.Data.Common.DbException">The database does not do it now.</exception>
    public void Destroy(UserId person)
    {
        table.Destroy(person);
        lock (_loading)
            Known(person)?.Destroy();
    }

    /// <summary>Empties SQLite's log, in which a destroyed key may stand from when it was made.</summary>
    /// <exception cref="TimeoutException">Other connections keep the log in use.</exception>
    /// <exception cref="System.Data.Common.DbException">The database cannot be written.</exception>
    public void EmptyLog()
    {
        if (!log.TryEmpty(WaitForOthers))
            throw new TimeoutException("SQLite's log could not be emptied, since other connections use it.");
    }

    // One at a time, so that there is one instance of a key, and none with a secret that was destroyed since it was read.
    private PersonKey? Load(Func<PersonKey?> known, Func<PersonKey?> read)
    {
        lock (_loading)
            return known() ?? (read() is { } key ? Keep(key) : null);
    }

    private PersonKey? Known(UserId person) =>
        _young.ByPerson.TryGetValue(person, out var key) ? key : _old.ByPerson.TryGetValue(person, out key) ? Keep(key) : null;

    private PersonKey? Known(long id) =>
        _young.ById.TryGetValue(id, out var key) ? key : _old.ById.TryGetValue(id, out key) ? Keep(key) : null;

    // Who is in neither generation was not used while a whole one came.
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
