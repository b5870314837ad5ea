using Google.Protobuf;
using Google.Protobuf.Reflection;
using WebChat.Actors.Users;

namespace WebChat.Actors.Journal.Sealing;

/// <summary>
/// Seals what in the journal's records is somebody's under that person's key, and opens it. Where the key is gone, what was
/// sealed stays so, and the fields are empty.
/// </summary>
public sealed class Sealer(PersonKeys keys)
{
    /// <summary>The record as it is to lie on disk: a copy, unless there is nothing personal in it.</summary>
    /// <param name="record">Stays as it is.</param>
    /// <param name="personOf">Whose the record, or a part of it, is.</param>
    public IMessage Seal(IMessage record, Func<IMessage, UserId> personOf)
    {
        var fields = PersonalFields.Of(record.Descriptor);
        if (!fields.Exist)
            return record;
        var copy = fields.Clone(record);
        SealIn(copy, personOf);
        return copy;
    }

    /// <summary>The persons whose keys <see cref="Seal"/> needs for these records and would have to wait for.</summary>
    public IReadOnlyCollection<UserId> PersonsToLoad(IReadOnlyList<IMessage> records, Func<IMessage, UserId> personOf)
    {
        HashSet<UserId>? missing = null;
        foreach (var record in records)
            AddMissing(record, personOf, ref missing);
        return missing ?? (IReadOnlyCollection<UserId>)[];
    }

    /// <summary>Loads the keys of persons into memory, apart from the caller's thread. A key that does not exist is made.</summary>
    /// <exception cref="System.Data.Common.DbException">The database does not give or take a key.</exception>
    public Task LoadKeys(IReadOnlyCollection<UserId> persons) => Task.Run(() =>
    {
        foreach (var person in persons)
            keys.Of(person);
    });

    /// <summary>Opens a record that came from disk, as far as its keys are there.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">What is sealed is damaged.</exception>
    public void Open(IMessage record)
    {
        var fields = PersonalFields.Of(record.Descriptor);
        foreach (var part in fields.PartsOf(record))
            Open(part);
        if (fields.Seal is not { } seal || SealedIn(record, seal) is not { IsEmpty: false } content || keys.Open(content.Span, fields.Purpose) is not { } personal)
            return;
        seal.Accessor.Clear(record);
        record.MergeFrom(personal);
    }

    private void SealIn(IMessage message, Func<IMessage, UserId> personOf)
    {
        var fields = PersonalFields.Of(message.Descriptor);
        foreach (var part in fields.PartsOf(message))
            SealIn(part, personOf);

        // What is sealed here already could not be opened: it stays as it came.
        if (fields.Seal is not { } seal || !SealedIn(message, seal).IsEmpty)
            return;
        if (fields.TakeFrom(message) is { Length: > 0 } personal)
            seal.Accessor.SetValue(message, UnsafeByteOperations.UnsafeWrap(keys.Of(personOf(message)).Seal(personal, fields.Purpose)));
    }

    private void AddMissing(IMessage message, Func<IMessage, UserId> personOf, ref HashSet<UserId>? missing)
    {
        var fields = PersonalFields.Of(message.Descriptor);
        foreach (var part in fields.PartsOf(message))
            AddMissing(part, personOf, ref missing);
        if (fields.Seal is not null && personOf(message) is var person && !keys.IsLoaded(person))
            (missing ??= []).Add(person);
    }

    private static ByteString SealedIn(IMessage message, FieldDescriptor seal) => (ByteString)seal.Accessor.GetValue(message);
}
