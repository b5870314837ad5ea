namespace WebChat.Actors.Users.Avatars;

/// <summary>Width and height in pixels.</summary>
internal readonly record struct ImageSize(uint Width, uint Height);
