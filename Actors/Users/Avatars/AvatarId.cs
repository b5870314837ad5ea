using System.Security.Cryptography;

namespace WebChat.Actors.Users.Avatars;

/// <summary>A picture by its content: SHA-256 as 64 hexadecimal digits in lower case.</summary>
public readonly record struct AvatarId(string Value)
{
    /// <summary>The id of these bytes.</summary>
    public static AvatarId Of(ReadOnlySpan<byte> picture) => new(Convert.ToHexStringLower(SHA256.HashData(picture)));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
