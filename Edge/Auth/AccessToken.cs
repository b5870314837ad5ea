namespace WebChat.Edge.Auth;

/// <summary>An access token as it is handed out.</summary>
/// <param name="Text">The JWT.</param>
/// <param name="ExpiresAt">From when on it is no longer good.</param>
public sealed record AccessToken(string Text, DateTimeOffset ExpiresAt);
