using System.Buffers.Binary;
using System.Security.Cryptography;
using WebChat.Actors.Users;

namespace WebChat.Actors.Journal.Sealing;

/// <summary>
/// A person's key: AES-256-GCM. What it seals begins with the key's id, so that it opens without knowing whose it is: the id as
/// a base-128 varint, then the nonce, the ciphertext and the tag. A destroyed key leaves the id alone. Thread-safe.
/// </summary>
public sealed class PersonKey
{
    /// <summary>How long a key is.</summary>
    public const int SecretBytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly Lock _turn = new();
    private readonly byte[] _idBytes;

    // Never the same twice: eight random bytes for this instance, and a count.
    private readonly byte[] _nonce = RandomNumberGenerator.GetBytes(NonceBytes);
    private AesGcm? _cipher;
    private uint _count;

    /// <param name="id">By which what it sealed finds it.</param>
    /// <param name="person">Whose it is.</param>
    /// <param name="secret">All zero once the key is destroyed.</param>
    public PersonKey(long id, UserId person, ReadOnlySpan<byte> secret)
    {
        Id = id;
        Person = person;
        _idBytes = Varint(id);
        _cipher = secret.ContainsAnyExcept((byte)0) ? new(secret, TagBytes) : null;
    }

    /// <summary>By which what it sealed finds it.</summary>
    public long Id { get; }

    /// <summary>Whose it is.</summary>
    public UserId Person { get; }

    /// <summary>The id in front of what a key sealed, and what follows it.</summary>
    public static long IdIn(ReadOnlySpan<byte> content, out ReadOnlySpan<byte> rest)
    {
        long id = 0;
        for (var i = 0; i < content.Length && i < 9; i++)
        {
            id |= (long)(content[i] & 0x7F) << (7 * i);
            if (content[i] >= 0x80)
                continue;
            rest = content[(i + 1)..];
            return id;
        }

        throw new CryptographicException("What is sealed does not begin with a key's id.");
    }

    /// <summary>Seals; a destroyed key forgets what it is given.</summary>
    public byte[] Seal(ReadOnlySpan<byte> personal, ReadOnlySpan<byte> purpose)
    {
        lock (_turn)
        {
            if (_cipher is null)
                return _idBytes;
            var content = new byte[_idBytes.Length + NonceBytes + personal.Length + TagBytes];
            _idBytes.CopyTo(content, 0);
            BinaryPrimitives.WriteUInt32LittleEndian(_nonce.AsSpan(NonceBytes - sizeof(uint)), checked(_count++));
            _nonce.CopyTo(content, _idBytes.Length);
            var body = content.AsSpan(_idBytes.Length + NonceBytes);
            _cipher.Encrypt(_nonce, personal, body[..personal.Length], body[personal.Length..], purpose);
            return content;
        }
    }

    /// <summary>Opens what follows the id; null if the key is destroyed, or was when this was sealed.</summary>
    /// <exception cref="CryptographicException">It is damaged, or was sealed for another purpose.</exception>
    public byte[]? Open(ReadOnlySpan<byte> content, ReadOnlySpan<byte> purpose)
    {
        lock (_turn)
        {
            if (_cipher is null || content.IsEmpty)
                return null;
            if (content.Length < NonceBytes + TagBytes)
                throw new CryptographicException("What is sealed is cut short.");
            var personal = new byte[content.Length - NonceBytes - TagBytes];
            _cipher.Decrypt(content[..NonceBytes], content[NonceBytes..^TagBytes], content[^TagBytes..], personal, purpose);
            return personal;
        }
    }

    /// <summary>Forgets the secret.</summary>
    public void Destroy()
    {
        lock (_turn)
        {
            _cipher?.Dispose();
            _cipher = null;
        }
    }

    private static byte[] Varint(long value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
