using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Users.Avatars;

/// <summary>
/// A picture that holds its pixels and what it takes to show them, and nothing that tells of the person or the camera:
/// no EXIF, XMP, IPTC, comments, embedded previews or colour profiles, and nothing behind its end. Its pixels are
/// neither decoded nor changed. What goes with the metadata: the orientation that a camera notes in EXIF, so a client
/// turns the picture before it sends it; and wide-gamut colours, which are shown as sRGB.
/// </summary>
/// <param name="Format">What it is, by its content.</param>
/// <param name="Width">In pixels, as its headers say.</param>
/// <param name="Height">In pixels, as its headers say.</param>
/// <param name="Bytes">The file.</param>
public sealed record CleanImage(ImageFormat Format, int Width, int Height, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>
    /// Checks and cleans a picture that came from outside. Larger than <paramref name="bounds"/> allows in bytes is
    /// <see cref="ErrorCode.TooLarge"/>; in pixels, or not a whole still picture of a known format, is
    /// <see cref="ErrorCode.InvalidArgument"/>. Whatever the bytes, nothing is thrown.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> upload, ImageBounds bounds, [NotNullWhen(true)] out CleanImage? image, [NotNullWhen(false)] out Rejection? why)
    {
        image = null;
        if (upload.Length > bounds.MaxBytes)
        {
            why = new(ErrorCode.TooLarge, $"{bounds.Field} must not be larger than {bounds.MaxBytes} bytes.", bounds.Field);
            return false;
        }

        // What is left of a file is never longer than the file.
        var buffer = ArrayPool<byte>.Shared.Rent(upload.Length);
        try
        {
            var flaw = Clean(upload, buffer, bounds, out image);
            why = flaw is null ? null : new(ErrorCode.InvalidArgument, $"{bounds.Field} {flaw}.", bounds.Field);
            return why is null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string? Clean(ReadOnlySpan<byte> upload, Span<byte> buffer, ImageBounds bounds, out CleanImage? image)
    {
        image = null;
        if (ImageFormats.Recognise(upload) is not { } format)
            return "must be a JPEG, PNG or WebP file";
        var clean = new ImageWriter(buffer);
        ImageSize size;
        var flaw = format switch
        {
            ImageFormat.Jpeg => JpegContainer.Clean(upload, ref clean, out size),
            ImageFormat.Png => PngContainer.Clean(upload, ref clean, out size),
            _ => WebpContainer.Clean(upload, ref clean, out size),
        };
        if (flaw is not null)
            return flaw;
        if (size.Width == 0 || size.Height == 0)
            return "must have at least one pixel";
        if (size.Width > bounds.MaxSide || size.Height > bounds.MaxSide)
            return $"must not be wider or higher than {bounds.MaxSide} pixels";
        image = new(format, (int)size.Width, (int)size.Height, clean.Written.ToArray());
        return null;
    }
}
