using System.Buffers.Binary;

namespace WebChat.Actors.Users.Avatars;

/// <summary>
/// PNG: a signature and chunks of length, type, data and checksum. Kept are the critical chunks and what says how to
/// show them: tRNS, gAMA, cHRM and sRGB, which hold numbers only. All others go: texts, times, EXIF and also iCCP,
/// whose profile has a name, a copyright and often a device in it; and so does what follows IEND. Refused are
/// checksums that do not fit, critical chunks that the format does not know, and animations.
/// </summary>
internal static class PngContainer
{
    private const int ChunkFrame = 12;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Whether these are the first bytes of a PNG.</summary>
    public static bool Begins(ReadOnlySpan<byte> image) => image.StartsWith(Signature);

    /// <summary>Writes what is to be kept; says what is wrong, if the picture is not whole.</summary>
    public static string? Clean(ReadOnlySpan<byte> source, ref ImageWriter clean, out ImageSize size)
    {
        size = default;
        clean.Write(Signature);
        var rest = source[Signature.Length..];
        var state = new PngChunks();
        while (BinaryPrimitives.TryReadUInt32BigEndian(rest, out var length))
        {
            if (length > int.MaxValue || rest.Length - ChunkFrame < (int)length)
                return "must be a whole PNG, and breaks off";
            var chunk = rest[..((int)length + ChunkFrame)];
            rest = rest[chunk.Length..];
            if (Crc32.Of(chunk[4..^4]) != BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..]))
                return "must be an undamaged PNG, and has a wrong checksum";
            if (state.Flaw(chunk[4..8], chunk[8..^4], out var keep) is { } flaw)
                return flaw;
            if (keep)
                clean.Write(chunk);
            if (state.AtEnd)
            {
                size = state.Size;
                return null;
            }
        }

        return "must be a whole PNG, and breaks off";
    }
}
