using Google.Protobuf;
using Google.Protobuf.Reflection;
using WebChat.Actors.Users;

namespace WebChat.Actors.Journal.Sealing;

/// <summary>
/// Encrypts the personal fields of events and snapshots under their owners' keys, and decrypts them. Where the key is destroyed,
/// the ciphertext stays, and the fields are empty.
/// </summary>
public sealed class Sealer(PersonKeys keys)
{
    /// <summary>Encrypts an event or snapshot for the disk. Returns a copy, or the original if it has no personal fields.</summary>
    /// <param name="record">Is not changed.</param>
    /// <param name="personOf">The owner of the message or of a part of it.</param>
    public IMessage Seal(IMessage record, Func<IMessage, UserId> personOf)
    {
        var fields = PersonalFields.Of(record.Descriptor);
        if (!fields.Exist)
            return record;
        var copy = fields.Clone(record);
        SealIn(copy, personOf);
        return copy;
    }

    /// <summary>The owners of the keys that <see cref="Seal"/> needs and does not find in memory.</summary>
    public IReadOnlyCollection<UserId> PersonsToLoad(IReadOnlyList<IMessage> records, Func<IMessage, UserId> personOf)
    {
        HashSet<UserId>? missing = null;
        foreach (var record in records)
            AddMissing(record, personOf, ref missing);
        return missing ?? (IReadOnlyCollection<UserId>)[];
    }

    /// <summary>Loads users' keys into memory, apart from the caller's thread. Missing keys are created.</summary>
    /// <exception cref="System.Data.Common.DbException">The database cannot be read or written.</exception>
    public Task LoadKeys(IReadOnlyCollection<UserId> persons) => Task.Run(() =>
    {
        foreach (var person in persons)
            keys.Of(person);
    });

    /// <summary>Decrypts an event or snapshot from the disk, as far as its keys exist.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A ciphertext is damaged.</exception>
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

        // A part that is still encrypted has lost its key and stays as it is.
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
