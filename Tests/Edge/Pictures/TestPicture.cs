using System.Buffers.Binary;
using System.Text;
using NetVips;

namespace WebChat.Tests.Edge.Pictures;

/// <summary>Pictures to upload, and the pixels of the results.</summary>
internal static class TestPicture
{
    public static readonly byte[] Red = [255, 0, 0], Green = [0, 255, 0], Blue = [0, 0, 255], White = [255, 255, 255];

    private static readonly byte[] PngSignature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Red and green above blue and white.</summary>
    public static Image Quarters(int width = 200, int height = 100)
    {
        var (w, h) = (width / 2, height / 2);
        var top = Plain(Red, w, h).Join(Plain(Green, w, h), Enums.Direction.Horizontal);
        var bottom = Plain(Blue, w, h).Join(Plain(White, w, h), Enums.Direction.Horizontal);
        return top.Join(bottom, Enums.Direction.Vertical);
    }

    /// <summary>One colour of sRGB.</summary>
    public static Image Plain(byte[] colour, int width = 64, int height = 64) =>
        (Image.Black(width, height) + colour.Select(value => (double)value).ToArray()).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);

    /// <summary>The picture in one of the accepted formats, lossless where the format can be.</summary>
    public static byte[] In(this Image picture, string format) => format switch
    {
        "jpeg" => picture.JpegsaveBuffer(q: 95),
        "png" => picture.PngsaveBuffer(),
        "webp" => picture.WebpsaveBuffer(lossless: true),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>The picture with a note in its metadata.</summary>
    public static Image With(this Image picture, string note, object value) => picture.Mutate(mutable => mutable.Set(
        value switch { int => GValue.GIntType, byte[] => GValue.BlobType, int[] => GValue.ArrayIntType, _ => GValue.GStrType }, note, value));

    /// <summary>A PNG with this size in its header, and without pixels.</summary>
    public static byte[] PngHeader(int width, int height)
    {
        var size = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(size, width);
        BinaryPrimitives.WriteInt32BigEndian(size.AsSpan(4), height);
        return [.. PngSignature, .. Chunk("IHDR", [.. size, 8, 2, 0, 0, 0]), .. Chunk("IDAT"), .. Chunk("IEND")];
    }

    /// <summary>A PNG with a second frame of an animation.</summary>
    public static byte[] Animated(byte[] png, byte[] second)
    {
        // What follows the signature and the header (25 bytes): of the first picture all, of the second the first chunk of pixels.
        var header = PngSignature.Length + 25;
        var size = png.AsSpan(PngSignature.Length + 8, 8).ToArray();
        byte[] Frame(byte number) => Chunk("fcTL", [0, 0, 0, number, .. size, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0]);
        return
        [
            .. png[..header], .. Chunk("acTL", 0, 0, 0, 2, 0, 0, 0, 0), .. Frame(0), .. png[header..^12],
            .. Frame(1), .. Chunk("fdAT", [0, 0, 0, 2, .. Pixels(second)]), .. png[^12..],
        ];
    }

    /// <summary>The colour at a point, given in fractions of the width and the height.</summary>
    public static byte[] ColourAt(this byte[] picture, double x, double y)
    {
        using var image = Image.NewFromBuffer(picture);
        return [.. image.Getpoint((int)(image.Width * x), (int)(image.Height * y)).Select(value => (byte)value)];
    }

    /// <summary>Asserts that two colours look alike.</summary>
    public static void IsAbout(byte[] expected, byte[] colour, int tolerance = 4)
    {
        Assert.Equal(expected.Length, colour.Length);
        Assert.All(expected, (value, i) => Assert.InRange(colour[i], value - tolerance, value + tolerance));
    }

    private static byte[] Pixels(byte[] png)
    {
        var start = png.AsSpan().IndexOf("IDAT"u8);
        return png.AsSpan(start + 4, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(start - 4))).ToArray();
    }

    private static byte[] Chunk(string type, params byte[] data)
    {
        byte[] chunk = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(^4..), Checksum(chunk.AsSpan(4..^4)));
        return chunk;
    }

    // CRC-32, bit by bit.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var rest = uint.MaxValue;
        foreach (var value in bytes)
        {
            rest ^= value;
            for (var bit = 0; bit < 8; bit++)
                rest = (rest >> 1) ^ ((rest & 1) * 0xEDB88320);
        }

        return ~rest;
    }
}
