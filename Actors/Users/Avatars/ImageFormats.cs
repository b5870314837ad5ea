namespace WebChat.Actors.Users.Avatars;

/// <summary>The media types of <see cref="ImageFormat"/>.</summary>
public static class ImageFormats
{
    /// <summary>The media type, for example <c>image/png</c>.</summary>
    public static string MediaType(this ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => "image/jpeg",
        ImageFormat.Png => "image/png",
        ImageFormat.Webp => "image/webp",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    /// <summary>Recognises a format by how the bytes begin, whatever name or type came with them; null if it is none of ours.</summary>
    public static ImageFormat? Recognise(ReadOnlySpan<byte> image) =>
        JpegContainer.Begins(image) ? ImageFormat.Jpeg
        : PngContainer.Begins(image) ? ImageFormat.Png
        : WebpContainer.Begins(image) ? ImageFormat.Webp
        : null;
}
