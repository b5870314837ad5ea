using WebChat.Actors.Users;

namespace WebChat.Actors.Accounts;

/// <summary>What an access token says: who, by which log-in, and whether that person is an admin.</summary>
/// <param name="User">Who.</param>
/// <param name="Family">By which log-in.</param>
/// <param name="IsAdmin">Whether that person is an admin.</param>
/// <param name="Username">By which the account is found; null where nobody asks for it.</param>
public readonly record struct Identity(UserId User, FamilyId Family, bool IsAdmin = false, Username? Username = null);

/// <summary>Checks access tokens. The edge knows their format.</summary>
public interface IAccessTokens
{
    /// <summary>The identity that a token stands for; null if the token is invalid or has expired. Thread-safe.</summary>
    Task<Identity?> ValidateAsync(string token);
}
