using System.Buffers.Binary;

namespace WebChat.Actors.Users.Avatars;

/// <summary>
/// WebP (RFC 9649): a RIFF file of one chunk with the picture; or, extended, of a VP8X header and chunks of which one is
/// the picture and ALPH, before it, its transparency. Kept are these two, under a new VP8X where there are both, else in
/// the simple form. All other chunks go (ICCP, EXIF, XMP and unknown ones), and so does what follows the picture.
/// Refused are animations.
/// </summary>
internal static class WebpContainer
{
    private const int FileHeader = 12;
    private const int ChunkHeader = 8;
    private const int ExtendedLength = 10;
    private const byte AnimationFlag = 0x02;
    private const byte AlphaFlag = 0x10;
    private const string Truncated = "must be a whole WebP file, and breaks off";
    private const string NoPicture = "must be a well-formed WebP file, and its picture is damaged";

    /// <summary>Whether these are the first bytes of a WebP file.</summary>
    public static bool Begins(ReadOnlySpan<byte> image) =>
        image.Length >= FileHeader && image.StartsWith("RIFF"u8) && image[8..].StartsWith("WEBP"u8);

    /// <summary>Writes what is to be kept; says what is wrong, if the picture is not whole.</summary>
    public static string? Clean(ReadOnlySpan<byte> source, ref ImageWriter clean, out ImageSize size)
    {
        size = default;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(source[4..]);
        if (length < 4 || length > source.Length - ChunkHeader)
            return Truncated;
        var rest = source[FileHeader..((int)length + ChunkHeader)];

        ReadOnlySpan<byte> extended = [];
        ReadOnlySpan<byte> alpha = [];
        for (var first = true; TryReadChunk(ref rest, out var type, out var data); first = false)
        {
            if (type.SequenceEqual("VP8 "u8) || type.SequenceEqual("VP8L"u8))
            {
                var lossless = type[3] == 'L';
                if (!(lossless ? TryReadLossless(data, out size) : TryReadLossy(data, out size)))
                    return NoPicture;
                if (!extended.IsEmpty && Canvas(extended) != size)
                    return "must be a well-formed WebP file, and its picture does not fill it";
                Write(ref clean, lossless ? [] : alpha, type, data, size);
                return null;
            }

            if (first != type.SequenceEqual("VP8X"u8) || (first && data.Length != ExtendedLength))
                return "must be a well-formed WebP file, and begins with neither a picture nor a header";
            if (first)
                extended = data;
            else if (type.SequenceEqual("ALPH"u8))
                alpha = data;
            if ((extended[0] & AnimationFlag) != 0 || type.SequenceEqual("ANIM"u8) || type.SequenceEqual("ANMF"u8))
                return "must not be animated";
        }

        return Truncated;
    }

    // A chunk of odd length has a byte more, so that the next one is at an even place.
    private static bool TryReadChunk(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> data)
    {
        type = data = [];
        if (rest.Length < ChunkHeader)
            return false;
        var length = (long)BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
        var padded = length + (length & 1);
        if (padded > rest.Length - ChunkHeader)
            return false;
        type = rest[..4];
        data = rest.Slice(ChunkHeader, (int)length);
        rest = rest[(ChunkHeader + (int)padded)..];
        return true;
    }

    private static bool TryReadLossy(ReadOnlySpan<byte> data, out ImageSize size)
    {
        size = default;
        if (data.Length < 10 || !data[3..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]))
            return false;
        var tag = data[0] | (data[1] << 8) | (data[2] << 16);
        var (isKeyFrame, version, isShown, firstPartition) = ((tag & 1) == 0, (tag >> 1) & 7, ((tag >> 4) & 1) == 1, tag >> 5);
        size = new(BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFFu, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFFu);
        return isKeyFrame && version <= 3 && isShown && firstPartition <= data.Length - 10;
    }

    private static bool TryReadLossless(ReadOnlySpan<byte> data, out ImageSize size)
    {
        size = default;
        if (data.Length < 5 || data[0] != 0x2F)
            return false;
        var header = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
        size = new((header & 0x3FFF) + 1, ((header >> 14) & 0x3FFF) + 1);
        return header >> 29 == 0;
    }

    private static ImageSize Canvas(ReadOnlySpan<byte> extended) => new(
        (BinaryPrimitives.ReadUInt32LittleEndian(extended[3..]) >> 8) + 1,
        (BinaryPrimitives.ReadUInt32LittleEndian(extended[6..]) >> 8) + 1);

    private static void Write(ref ImageWriter clean, scoped ReadOnlySpan<byte> alpha, scoped ReadOnlySpan<byte> type, scoped ReadOnlySpan<byte> picture, ImageSize size)
    {
        clean.Write("RIFF\0\0\0\0WEBP"u8);
        if (!alpha.IsEmpty)
        {
            Span<byte> extended = stackalloc byte[ExtendedLength];
            extended.Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(extended[3..], (size.Width - 1) << 8);
            BinaryPrimitives.WriteUInt16LittleEndian(extended[7..], (ushort)(size.Height - 1));
            extended[0] = AlphaFlag;
            WriteChunk(ref clean, "VP8X"u8, extended);
            WriteChunk(ref clean, "ALPH"u8, alpha);
        }

        WriteChunk(ref clean, type, picture);
        BinaryPrimitives.WriteInt32LittleEndian(clean.Written[4..], clean.Length - ChunkHeader);
    }

    private static void WriteChunk(ref ImageWriter clean, scoped ReadOnlySpan<byte> type, scoped ReadOnlySpan<byte> data)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        clean.Write(type);
        clean.Write(length);
        clean.Write(data);
        if (data.Length % 2 != 0)
            clean.Write([0]);
    }
}
