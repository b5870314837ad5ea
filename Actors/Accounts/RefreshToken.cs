using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace WebChat.Actors.Accounts;

/// <summary>A refresh token: its user name, its login, and 256 random bits. Only its hash is stored.</summary>
public readonly record struct RefreshToken(Username Username, FamilyId Family, string Secret)
{
    /// <summary>Makes a new token of a family.</summary>
    public static RefreshToken New(Username username, FamilyId family) =>
        new(username, family, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>Parses a client's token; false if it is malformed.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RefreshToken token)
    {
        token = default;
        if (text is not { Length: <= 128 } || text.Split('.') is not [var name, var family, { Length: 43 } secret]
            || !Username.TryParseAny(name, out var username) || !FamilyId.TryParse(family, out var familyId))
            return false;
        token = new(username, familyId, secret);
        return true;
    }

    /// <summary>SHA-256 of the secret. A fast hash is enough for 256 random bits.</summary>
    public byte[] Hash() => SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Secret));

    /// <summary>The form that the client receives.</summary>
    public string Encode() => $"{Username.Key}.{Family}.{Secret}";

    public override string ToString() => $"{Username.Key}.{Family}.***";
}
