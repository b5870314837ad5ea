namespace WebChat.Tests.Edge;

/// <summary>Somebody who has signed up.</summary>
/// <param name="Username">How to log in.</param>
/// <param name="AccessToken">Good for 15 minutes.</param>
public sealed record Visitor(string Username, string AccessToken);
