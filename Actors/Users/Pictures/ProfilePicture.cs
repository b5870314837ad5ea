namespace WebChat.Actors.Users.Pictures;

/// <summary>A user's picture as the server stores and serves it.</summary>
/// <param name="Image">WebP, sRGB, upright, without metadata.</param>
/// <param name="Preview">The same picture, small and blurred.</param>
public sealed record ProfilePicture(byte[] Image, byte[] Preview)
{
    /// <summary>The format of both, whatever was uploaded.</summary>
    public const string MediaType = "image/webp";
}
