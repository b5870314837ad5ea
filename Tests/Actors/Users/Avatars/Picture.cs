using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using WebChat.Actors.Users.Avatars;

namespace WebChat.Tests.Actors.Users.Avatars;

/// <summary>Pictures of three by two pixels: some that a browser's canvas gave, colour profile included, and the parts to make others of.</summary>
internal static class Picture
{
    /// <summary>What no clean picture has in it.</summary>
    public const string Secret = "52.5200 N, 13.4050 E";

    /// <summary>The canvas's own, one of each kind.</summary>
    public static readonly string[] Canvas = ["canvas.jpg", "canvas.png", "canvas-lossy.webp", "canvas-lossy-alpha.webp", "canvas-lossless.webp"];

    /// <summary>The secret, behind what makes it a comment, an EXIF block or what else tells.</summary>
    public static byte[] Telling(string prefix = "") => Encoding.Latin1.GetBytes(prefix + Secret);

    /// <summary>A file among the test data.</summary>
    public static byte[] File(string name) => System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "pictures", name));

    /// <summary>The picture when cleaned, which must go well.</summary>
    public static CleanImage Cleaned(byte[] upload, ImageBounds? bounds = null)
    {
        Assert.True(CleanImage.TryRead(upload, bounds ?? ImageBounds.Picture, out var image, out var why), why?.Message);
        return image;
    }

    /// <summary>Whether the secret, or any colour profile, stands somewhere in the picture.</summary>
    public static bool Tells(CleanImage image)
    {
        var text = Encoding.Latin1.GetString(image.Bytes.Span);
        return text.Contains(Secret, StringComparison.Ordinal) || text.Contains("acsp", StringComparison.Ordinal) || text.Contains("ICC", StringComparison.Ordinal);
    }

    /// <summary>A JPEG's marker segment.</summary>
    public static byte[] Segment(byte marker, params byte[] content) =>
        [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    /// <summary>A JPEG's frame segment for one colour.</summary>
    public static byte[] Frame(byte marker, int width, int height, byte precision = 8) =>
        Segment(marker, precision, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0);

    /// <summary>A JPEG's scan of one colour, with a byte FF, a restart and filling in it.</summary>
    public static byte[] Scan() => [.. Segment(0xDA, 1, 1, 0, 0, 63, 0), 0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56];

    /// <summary>A JPEG of the parts.</summary>
    public static byte[] Jpeg(params byte[][] parts) => [0xFF, 0xD8, .. parts.SelectMany(part => part), 0xFF, 0xD9];

    /// <summary>A PNG's chunk with its checksum.</summary>
    public static byte[] Chunk(string type, params byte[] data)
    {
        byte[] chunk = [0, 0, 0, 0, .. Encoding.Latin1.GetBytes(type), .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(^4..), Checksum(chunk.AsSpan(4..^4)));
        return chunk;
    }

    /// <summary>A PNG of the chunks, without any of its own.</summary>
    public static byte[] PngOf(params byte[][] chunks) => [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. chunks.SelectMany(chunk => chunk)];

    /// <summary>A PNG's header.</summary>
    public static byte[] Header(uint width, uint height, byte colourType = 2, byte depth = 8)
    {
        byte[] header = [0, 0, 0, 0, 0, 0, 0, 0, depth, colourType, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        return Chunk("IHDR", header);
    }

    /// <summary>A PNG of one colour, with more chunks after its header, before its end, and bytes behind it.</summary>
    public static byte[] Png(int width = 3, int height = 2, byte[]? early = null, byte[]? late = null, byte[]? behind = null)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var row = 0; row < height; row++)
                zlib.Write(new byte[1 + (3 * width)]);
        }

        return PngOf(Header((uint)width, (uint)height), early ?? [], Chunk("IDAT", packed.ToArray()), late ?? [], Chunk("IEND"), behind ?? []);
    }

    /// <summary>A RIFF file's chunk, filled up to an even length.</summary>
    public static byte[] Riff(string type, params byte[] data)
    {
        byte[] chunk = [.. Encoding.Latin1.GetBytes(type), 0, 0, 0, 0, .. data, .. new byte[data.Length % 2]];
        BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(4), data.Length);
        return chunk;
    }

    /// <summary>A WebP file of the chunks.</summary>
    public static byte[] Webp(params byte[][] chunks)
    {
        byte[] file = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8, .. chunks.SelectMany(chunk => chunk)];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        return file;
    }

    /// <summary>An extended WebP file's header.</summary>
    public static byte[] Extended(byte flags, int width, int height) => Riff(
        "VP8X", flags, 0, 0, 0, (byte)(width - 1), (byte)((width - 1) >> 8), 0, (byte)(height - 1), (byte)((height - 1) >> 8), 0);

    /// <summary>The header of a lossless WebP picture, and hardly more.</summary>
    public static byte[] Lossless(int width, int height)
    {
        byte[] data = [0x2F, 0, 0, 0, 0, 0x88, 0x88];
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(1), (width - 1) | ((height - 1) << 14));
        return Riff("VP8L", data);
    }

    /// <summary>The header of a lossy WebP picture, and hardly more.</summary>
    public static byte[] Lossy(int width, int height, byte tag = 0x10) =>
        Riff("VP8 ", tag, 0, 0, 0x9D, 0x01, 0x2A, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0x88);

    // Bit by bit, and not by the table that is under test.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var next in bytes)
        {
            crc ^= next;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return ~crc;
    }
}
