using System.Buffers.Binary;
using System.Security.Cryptography;
using WebChat.Actors.Users;

namespace WebChat.Actors.Persistence.Encryption;

/// <summary>
/// A user's AES-256-GCM key. Ciphertext begins with the key's id, so that the key is found without knowing the user: the id as
/// a base-128 varint, then the nonce, the ciphertext and the tag. With a destroyed key only the id is written. Thread-safe.
/// </summary>
public sealed class PersonKey
{
    /// <summary>The length of a key in bytes.</summary>
    public const int SecretBytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly Lock _turn = new();
    private readonly byte[] _idBytes;

    // A nonce never repeats: eight random bytes for this instance, and a counter.
    private readonly byte[] _nonce = RandomNumberGenerator.GetBytes(NonceBytes);
    private AesGcm? _cipher;
    private uint _count;

    /// <param name="id">The id in front of its ciphertexts.</param>
    /// <param name="person">The user.</param>
    /// <param name="secret">The key; all zero once it is destroyed.</param>
    public PersonKey(long id, UserId person, ReadOnlySpan<byte> secret)
    {
        Id = id;
        Person = person;
        _idBytes = Varint(id);
        _cipher = secret.ContainsAnyExcept((byte)0) ? new(secret, TagBytes) : null;
    }

    /// <summary>The id in front of its ciphertexts.</summary>
    public long Id { get; }

    /// <summary>The user.</summary>
    public UserId Person { get; }

    /// <summary>Splits encrypted bytes into the key's id and the rest.</summary>
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

        throw new CryptographicException("The ciphertext does not begin with a key's id.");
    }

    /// <summary>Encrypts; a destroyed key discards the plaintext.</summary>
    public byte[] Encrypt(ReadOnlySpan<byte> personal, ReadOnlySpan<byte> purpose)
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

    /// <summary>Decrypts the bytes after the id; null if the key is destroyed, or was destroyed at encryption.</summary>
    /// <exception cref="CryptographicException">The bytes are damaged, or were encrypted for another purpose.</exception>
    public byte[]? Decrypt(ReadOnlySpan<byte> content, ReadOnlySpan<byte> purpose)
    {
        lock (_turn)
        {
            if (_cipher is null || content.IsEmpty)
                return null;
            if (content.Length < NonceBytes + TagBytes)
                throw new CryptographicException("The ciphertext is cut short.");
            var personal = new byte[content.Length - NonceBytes - TagBytes];
            _cipher.Decrypt(content[..NonceBytes], content[NonceBytes..^TagBytes], content[^TagBytes..], personal, purpose);
            return personal;
        }
    }

    /// <summary>Erases the secret from memory.</summary>
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
