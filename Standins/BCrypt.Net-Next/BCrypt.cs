using System.Security.Cryptography;
using System.Text;

namespace BCrypt.Net;

/// <summary>
/// Password hashing with bcrypt, done by the system's libcrypt. All members may be called from any thread.
/// Passwords are hashed as UTF-8; as bcrypt has it, only the first 72 bytes count.
/// </summary>
/// <remarks>
/// Other than in the real package, new hashes begin with <c>$2b$</c> rather than <c>$2a$</c> (each package verifies the other's),
/// "enhanced entropy" is not supported, and a password with a NUL character is refused, since libcrypt would ignore what follows it.
/// </remarks>
public sealed class BCrypt
{
    private const int DefaultWorkFactor = 11;
    private const int MinWorkFactor = 4;
    private const int MaxWorkFactor = 31;
    private const int SaltLength = 29;
    private const int HashLength = 60;

    // Unpaired surrogates must not all become the same replacement character: different passwords would share a hash.
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Hashes a password with a new salt and the default work factor of 11.</summary>
    public static string HashPassword(string inputKey) => HashPassword(inputKey, DefaultWorkFactor);

    /// <summary>Hashes a password with a new salt. The cost doubles with each step of the work factor.</summary>
    /// <exception cref="ArgumentNullException">The password is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The work factor is not from 4 to 31.</exception>
    /// <exception cref="ArgumentException">The password has a NUL character or is no valid Unicode.</exception>
    /// <exception cref="NotSupportedException"><paramref name="enhancedEntropy"/> is true.</exception>
    /// <exception cref="DllNotFoundException">The system has no libcrypt that knows bcrypt.</exception>
    public static string HashPassword(string inputKey, int workFactor, bool enhancedEntropy = false)
    {
        RefuseEnhancedEntropy(enhancedEntropy);
        return HashPassword(inputKey, GenerateSalt(workFactor));
    }

    /// <summary>Hashes a password with a salt, or with the salt of a hash.</summary>
    /// <exception cref="ArgumentNullException">The password is null.</exception>
    /// <exception cref="ArgumentException">The salt is null or empty, or the password has a NUL character or is no valid Unicode.</exception>
    /// <exception cref="SaltParseException">The salt is no bcrypt salt.</exception>
    /// <exception cref="DllNotFoundException">The system has no libcrypt that knows bcrypt.</exception>
    public static string HashPassword(string inputKey, string salt)
    {
        ArgumentNullException.ThrowIfNull(inputKey);
        CheckSalt(salt);
        if (inputKey.Contains('\0'))
        {
            throw new ArgumentException("A password with a NUL character cannot be hashed.", nameof(inputKey));
        }

        var key = new byte[StrictUtf8.GetByteCount(inputKey) + 1];
        try
        {
            StrictUtf8.GetBytes(inputKey, key);
            return LibCrypt.Hash(key, salt);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Whether the hash is one of this text. The comparison takes the same time wherever they differ.</summary>
    /// <exception cref="ArgumentException">The hash is null or empty, or the text is no valid Unicode.</exception>
    /// <exception cref="SaltParseException">The hash does not begin with a bcrypt salt.</exception>
    /// <exception cref="NotSupportedException"><paramref name="enhancedEntropy"/> is true.</exception>
    /// <exception cref="DllNotFoundException">The system has no libcrypt that knows bcrypt.</exception>
    public static bool Verify(string text, string hash, bool enhancedEntropy = false, HashType hashType = HashType.SHA384)
    {
        ArgumentNullException.ThrowIfNull(text);
        RefuseEnhancedEntropy(enhancedEntropy);
        CheckSalt(hash);
        if (text.Contains('\0'))
        {
            // Hash as long as for any other text, so that the answer's time tells nothing; no hash can have been made of it.
            _ = HashPassword("", hash);
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashPassword(text, hash)), Encoding.ASCII.GetBytes(hash));
    }

    /// <summary>Whether the hash was made with a lower work factor than is wanted now.</summary>
    /// <exception cref="SaltParseException">The hash is no bcrypt hash.</exception>
    public static bool PasswordNeedsRehash(string hash, int newMinimumWorkLoad)
    {
        CheckSalt(hash);
        return hash.Length == HashLength
            ? WorkFactorOf(hash) < newMinimumWorkLoad
            : throw new SaltParseException("Invalid hash: a bcrypt hash has 60 characters.");
    }

    private static string GenerateSalt(int workFactor)
    {
        if (workFactor is < MinWorkFactor or > MaxWorkFactor)
        {
            throw new ArgumentOutOfRangeException(nameof(workFactor), workFactor, $"The work factor must be from {MinWorkFactor} to {MaxWorkFactor}.");
        }

        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        return LibCrypt.Salt(workFactor, random);
    }

    private static void CheckSalt(string salt)
    {
        if (string.IsNullOrEmpty(salt))
        {
            throw new ArgumentException("Invalid salt: it is null or empty.", nameof(salt));
        }

        if (salt.Length < SaltLength || salt is not ['$', '2', 'a' or 'b' or 'x' or 'y', '$', _, _, '$', ..])
        {
            throw new SaltParseException("Invalid salt: it must begin with a version ($2a$, $2b$, $2x$ or $2y$), a work factor and 22 characters.");
        }

        if (!char.IsAsciiDigit(salt[4]) || !char.IsAsciiDigit(salt[5]) || WorkFactorOf(salt) is < MinWorkFactor or > MaxWorkFactor)
        {
            throw new SaltParseException($"Invalid salt: its work factor must be from {MinWorkFactor:00} to {MaxWorkFactor}.");
        }

        foreach (var c in salt.AsSpan(7))
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '/'))
            {
                throw new SaltParseException("Invalid salt: it has characters that are not bcrypt's.");
            }
        }
    }

    private static int WorkFactorOf(string salt) => ((salt[4] - '0') * 10) + (salt[5] - '0');

    private static void RefuseEnhancedEntropy(bool enhancedEntropy)
    {
        if (enhancedEntropy)
        {
            throw new NotSupportedException("Hashing the password before bcrypt (enhanced entropy) is not supported here.");
        }
    }
}
