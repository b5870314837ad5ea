using WebChat.Actors.Users;

namespace WebChat.Actors.Accounts;

/// <summary>The content of an access token.</summary>
/// <param name="User">The user.</param>
/// <param name="Family">The login.</param>
/// <param name="IsAdmin">Whether the user is an admin.</param>
/// <param name="Username">The account's key; null where the caller does not need it.</param>
public readonly record struct Identity(UserId User, FamilyId Family, bool IsAdmin = false, Username? Username = null);

/// <summary>Checks access tokens. The edge knows their format.</summary>
public interface IAccessTokens
{
    /// <summary>The identity in a token; null if the token is invalid or has expired. Thread-safe.</summary>
    Task<Identity?> ValidateAsync(string token);
}
