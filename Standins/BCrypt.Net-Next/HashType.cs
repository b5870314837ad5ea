namespace BCrypt.Net;

/// <summary>How "enhanced entropy" hashes the password before bcrypt; see the remarks of <see cref="BCrypt"/>.</summary>
public enum HashType
{
    /// <summary>Not at all.</summary>
    None = -1,

    /// <summary>By SHA-256.</summary>
    SHA256 = 0,

    /// <summary>By SHA-384.</summary>
    SHA384 = 1,

    /// <summary>By SHA-512.</summary>
    SHA512 = 2,
}
