using System.Buffers.Binary;

namespace WebChat.Actors.Users.Avatars;

/// <summary>
/// JPEG: marker segments (ITU-T T.81, annex B) between which lie entropy-coded scans. Kept are the frame, its tables and
/// its scans; of JFIF's APP0 all but the thumbnail; and of Adobe's APP14 the colour transform, without which a CMYK or
/// RGB picture shows wrong colours. All other APPn segments and comments go, and so does what follows the end.
/// Refused are the processes that no browser shows: lossless, hierarchical, arithmetic coding, 12 bits.
/// </summary>
internal static class JpegContainer
{
    // A decoder works through the whole picture once for each scan. Encoders make a dozen; the format sets no bound.
    private const int MaxScans = 100;

    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte FirstRestart = 0xD0;
    private const byte LastRestart = 0xD7;
    private const byte Baseline = 0xC0;
    private const byte Extended = 0xC1;
    private const byte Progressive = 0xC2;
    private const byte HuffmanTables = 0xC4;
    private const byte QuantizationTables = 0xDB;
    private const byte RestartInterval = 0xDD;
    private const byte App0 = 0xE0;
    private const byte App14 = 0xEE;
    private const byte App15 = 0xEF;
    private const byte Comment = 0xFE;

    /// <summary>Whether these are the first bytes of a JPEG.</summary>
    public static bool Begins(ReadOnlySpan<byte> image) => image.StartsWith((ReadOnlySpan<byte>)[0xFF, StartOfImage, 0xFF]);

    /// <summary>Writes what is to be kept; says what is wrong, if the picture is not whole.</summary>
    public static string? Clean(ReadOnlySpan<byte> source, ref ImageWriter clean, out ImageSize size)
    {
        size = default;
        var scans = 0;
        var framed = false;
        clean.Write([0xFF, StartOfImage]);
        var rest = source[2..];
        while (TryReadMarker(ref rest, out var marker))
        {
            if (marker == EndOfImage)
            {
                clean.Write([0xFF, EndOfImage]);
                return scans > 0 ? null : "must be a whole JPEG, and has no picture in it";
            }

            if (!TryReadSegment(ref rest, out var segment))
                return Truncated;
            switch (marker)
            {
                case Baseline or Extended or Progressive:
                    if (framed)
                        return "must be a well-formed JPEG, and has more than one frame";
                    if (FrameFlaw(segment, out size) is { } flaw)
                        return flaw;
                    framed = true;
                    Copy(marker, segment, ref clean);
                    break;
                case HuffmanTables or QuantizationTables or RestartInterval:
                    Copy(marker, segment, ref clean);
                    break;
                case StartOfScan:
                    if (!framed)
                        return "must be a well-formed JPEG, and has a scan before its frame";
                    if (++scans > MaxScans)
                        return $"must not have more than {MaxScans} scans";
                    Copy(marker, segment, ref clean);
                    CopyScan(ref rest, ref clean);
                    break;
                case App0:
                    CopyJfif(segment, ref clean);
                    break;
                case App14:
                    CopyAdobe(segment, ref clean);
                    break;
                case > App0 and <= App15 or Comment:
                    break;
                default:
                    return $"must be a JPEG that browsers show, and has a segment of kind {marker:X2}";
            }
        }

        return Truncated;
    }

    private const string Truncated = "must be a whole JPEG, and breaks off";

    // Any number of FF may fill the space before a marker's code.
    private static bool TryReadMarker(scoped ref ReadOnlySpan<byte> rest, out byte marker)
    {
        var fill = rest.IndexOfAnyExcept((byte)0xFF);
        marker = fill < 1 ? (byte)0 : rest[fill];
        rest = fill < 1 ? [] : rest[(fill + 1)..];
        return marker != 0;
    }

    private static bool TryReadSegment(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> segment)
    {
        segment = [];
        if (!BinaryPrimitives.TryReadUInt16BigEndian(rest, out var length) || length < 2 || length > rest.Length)
            return false;
        segment = rest[2..length];
        rest = rest[length..];
        return true;
    }

    private static string? FrameFlaw(ReadOnlySpan<byte> frame, out ImageSize size)
    {
        size = default;
        if (frame.Length < 6 || frame.Length != 6 + (3 * frame[5]))
            return "must be a well-formed JPEG, and has a frame of a wrong length";
        if (frame[0] != 8 || frame[5] is not (1 or 3 or 4))
            return "must be a JPEG of 8 bits and 1, 3 or 4 colours";
        size = new(BinaryPrimitives.ReadUInt16BigEndian(frame[3..]), BinaryPrimitives.ReadUInt16BigEndian(frame[1..]));
        return null;
    }

    private static void Copy(byte marker, scoped ReadOnlySpan<byte> segment, ref ImageWriter clean)
    {
        Span<byte> head = [0xFF, marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)(segment.Length + 2));
        clean.Write(head);
        clean.Write(segment);
    }

    // A scan goes on until an FF that is neither a byte of it (FF 00) nor a restart.
    private static void CopyScan(ref ReadOnlySpan<byte> rest, ref ImageWriter clean)
    {
        var length = 0;
        while (length < rest.Length)
        {
            var next = rest[length..].IndexOf((byte)0xFF);
            if (next < 0)
            {
                length = rest.Length;
                break;
            }

            length += next;
            if (length + 1 >= rest.Length || rest[length + 1] is not (0 or (>= FirstRestart and <= LastRestart)))
                break;
            length += 2;
        }

        clean.Write(rest[..length]);
        rest = rest[length..];
    }

    // Version, density, which may be the pixels' aspect, and no thumbnail.
    private static void CopyJfif(scoped ReadOnlySpan<byte> segment, ref ImageWriter clean)
    {
        if (segment.Length < 14 || !segment.StartsWith("JFIF\0"u8))
            return;
        Copy(App0, [.. segment[..12], 0, 0], ref clean);
    }

    // Of version, two words of flags and the transform only the last says how to decode.
    private static void CopyAdobe(scoped ReadOnlySpan<byte> segment, ref ImageWriter clean)
    {
        if (segment.Length < 12 || !segment.StartsWith("Adobe"u8))
            return;
        Copy(App14, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, segment[11]], ref clean);
    }
}
