using Google.Protobuf;
using Google.Protobuf.Reflection;
using WebChat.Actors.Users;

namespace WebChat.Actors.Persistence.Encryption;

/// <summary>
/// Encrypts the personal fields of events and snapshots under their owners' keys, and decrypts them. Where the key is destroyed,
/// the ciphertext stays, and the fields are empty.
/// </summary>
public sealed class PersonalDataCipher(PersonKeys keys)
{
    /// <summary>Encrypts an event or snapshot for the disk. Returns a copy, or the original if it has no personal fields.</summary>
    /// <param name="journaled">Is not changed.</param>
    /// <param name="personOf">The owner of the message or of a part of it.</param>
    public IMessage Encrypt(IMessage journaled, Func<IMessage, UserId> personOf)
    {
        var fields = PersonalFields.Of(journaled.Descriptor);
        if (!fields.Exist)
            return journaled;
        var copy = fields.Clone(journaled);
        EncryptIn(copy, personOf);
        return copy;
    }

    /// <summary>The owners of the keys that <see cref="Encrypt"/> needs and does not find in memory.</summary>
    public IReadOnlyCollection<UserId> PersonsToLoad(IReadOnlyList<IMessage> journaled, Func<IMessage, UserId> personOf)
    {
        HashSet<UserId>? missing = null;
        foreach (var message in journaled)
            AddMissing(message, personOf, ref missing);
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
    public void Decrypt(IMessage journaled)
    {
        var fields = PersonalFields.Of(journaled.Descriptor);
        foreach (var part in fields.PartsOf(journaled))
            Decrypt(part);
        if (fields.Encrypted is not { } encrypted || EncryptedIn(journaled, encrypted) is not { IsEmpty: false } content || keys.Decrypt(content.Span, fields.Purpose) is not { } personal)
            return;
        encrypted.Accessor.Clear(journaled);
        journaled.MergeFrom(personal);
    }

    /// <summary>The ids of the keys that an event or snapshot from the disk was encrypted with, and that do not exist: not even destroyed.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A ciphertext is damaged.</exception>
    public IEnumerable<long> MissingKeys(IMessage journaled)
    {
        var fields = PersonalFields.Of(journaled.Descriptor);
        foreach (var missing in fields.PartsOf(journaled).SelectMany(MissingKeys))
            yield return missing;
        if (fields.Encrypted is { } encrypted && EncryptedIn(journaled, encrypted) is { IsEmpty: false } content && !keys.HasKeyOf(content.Span, out var id))
            yield return id;
    }

    private void EncryptIn(IMessage message, Func<IMessage, UserId> personOf)
    {
        var fields = PersonalFields.Of(message.Descriptor);
        foreach (var part in fields.PartsOf(message))
            EncryptIn(part, personOf);

        // A part that is still encrypted has lost its key and stays as it is.
        if (fields.Encrypted is not { } encrypted || !EncryptedIn(message, encrypted).IsEmpty)
            return;
        if (fields.TakeFrom(message) is { Length: > 0 } personal)
            encrypted.Accessor.SetValue(message, UnsafeByteOperations.UnsafeWrap(keys.Of(personOf(message)).Encrypt(personal, fields.Purpose)));
    }

    private void AddMissing(IMessage message, Func<IMessage, UserId> personOf, ref HashSet<UserId>? missing)
    {
        var fields = PersonalFields.Of(message.Descriptor);
        foreach (var part in fields.PartsOf(message))
            AddMissing(part, personOf, ref missing);
        if (fields.Encrypted is not null && personOf(message) is var person && !keys.IsLoaded(person))
            (missing ??= []).Add(person);
    }

    private static ByteString EncryptedIn(IMessage message, FieldDescriptor encrypted) => (ByteString)encrypted.Accessor.GetValue(message);
}
