namespace WebChat.Actors.Users.Pictures;

/// <summary>A user's picture as the server keeps it and gives it out.</summary>
/// <param name="Image">WebP, sRGB, upright, without metadata.</param>
/// <param name="Preview">The same, small and blurred.</param>
public sealed record ProfilePicture(byte[] Image, byte[] Preview)
{
    /// <summary>What both are, whatever was uploaded.</summary>
    public const string MediaType = "image/webp";
}
