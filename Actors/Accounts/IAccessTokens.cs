namespace WebChat.Actors.Accounts;

/// <summary>Checks access tokens. The edge knows their format.</summary>
public interface IAccessTokens
{
    /// <summary>The identity that a token stands for, or null if it is not good (any more). Thread-safe.</summary>
    Identity? Validate(string token);
}
