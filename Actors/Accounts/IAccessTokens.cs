namespace WebChat.Actors.Accounts;

/// <summary>Checks access tokens. The edge knows their format.</summary>
public interface IAccessTokens
{
    /// <summary>The identity that a token stands for; null if the token is invalid or has expired. Thread-safe.</summary>
    Task<Identity?> ValidateAsync(string token);
}
