using System.Text;
using FsCheck.Xunit;
using WebChat.Actors;
using WebChat.Actors.Users.Avatars;
using static WebChat.Tests.Actors.Users.Avatars.Picture;

namespace WebChat.Tests.Actors.Users.Avatars;

public sealed class CleanImageTests
{
    private static readonly byte[][] Whole =
    [
        .. Canvas.Select(File),
        Png(early: Chunk("tEXt", Telling())),
        Jpeg(Segment(0xE1, Telling("Exif\0\0")), Frame(0xC2, 3, 2), Scan(), Scan()),
        Webp(Extended(0x1C, 3, 2), Riff("ALPH", 0, 1, 2), Lossy(3, 2), Riff("EXIF", Telling())),
    ];

    [Theory]
    [InlineData("canvas.jpg", ImageFormat.Jpeg)]
    [InlineData("canvas.png", ImageFormat.Png)]
    [InlineData("canvas-lossy.webp", ImageFormat.Webp)]
    [InlineData("canvas-lossy-alpha.webp", ImageFormat.Webp)]
    [InlineData("canvas-lossless.webp", ImageFormat.Webp)]
    public void What_a_browsers_canvas_gives_is_taken_without_its_profile(string file, ImageFormat format)
    {
        var image = Cleaned(File(file));

        Assert.Equal((format, 3, 2), (image.Format, image.Width, image.Height));
        Assert.False(Tells(image));
    }

    [Fact]
    public void Whatever_is_cleaned_tells_nothing_and_is_clean()
    {
        foreach (var upload in Whole)
        {
            var once = Cleaned(upload);
            Assert.False(Tells(once));
            Assert.Equal(once.Bytes.ToArray(), Cleaned(once.Bytes.ToArray()).Bytes.ToArray());
        }
    }

    [Fact]
    public void No_beginning_of_a_picture_is_a_picture()
    {
        foreach (var upload in Whole)
        {
            var needed = Enumerable.Range(0, upload.Length + 1).First(length => CleanImage.TryRead(upload.AsSpan(..length), ImageBounds.Picture, out _, out _));
            Assert.Equal(upload.Length, needed);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("GIF89a")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("BM")]
    [InlineData("RIFF\u0004\0\0\0WAVE")]
    public void What_is_none_of_the_three_formats_is_refused(string text)
    {
        Assert.False(CleanImage.TryRead(Encoding.Latin1.GetBytes(text), ImageBounds.Picture, out _, out var why));
        Assert.Equal((ErrorCode.InvalidArgument, "image"), (why.Code, why.Field));
    }

    [Fact]
    public void A_picture_may_be_two_mebibytes_and_not_a_byte_more()
    {
        var picture = Png();
        byte[] Padded(int length) => [.. picture, .. new byte[length - picture.Length]];

        Assert.Equal(picture, Cleaned(Padded(2 * 1_024 * 1_024)).Bytes.ToArray());
        Assert.False(CleanImage.TryRead(Padded((2 * 1_024 * 1_024) + 1), ImageBounds.Picture, out _, out var why));
        Assert.Equal((ErrorCode.TooLarge, "image"), (why.Code, why.Field));
    }

    [Fact]
    public void A_preview_may_be_four_kibibytes_and_not_a_byte_more()
    {
        var picture = Png();
        byte[] Padded(int length) => [.. picture, .. new byte[length - picture.Length]];

        Assert.Equal(picture, Cleaned(Padded(4_096), ImageBounds.Preview).Bytes.ToArray());
        Assert.False(CleanImage.TryRead(Padded(4_097), ImageBounds.Preview, out _, out var why));
        Assert.Equal((ErrorCode.TooLarge, "preview"), (why.Code, why.Field));
    }

    [Fact]
    public void A_side_has_its_bound_in_every_format()
    {
        foreach (var (bounds, side) in new[] { (ImageBounds.Picture, 2_048), (ImageBounds.Preview, 32) })
        {
            Func<int, int, byte[]>[] formats =
            [
                (width, height) => Jpeg(Frame(0xC0, width, height), Scan()),
                (width, height) => PngOf(Header((uint)width, (uint)height), Chunk("IDAT", 0), Chunk("IEND")),
                (width, height) => Webp(Lossy(width, height)),
                (width, height) => Webp(Lossless(width, height)),
            ];
            foreach (var make in formats)
            {
                Assert.Equal(side, Cleaned(make(side, side), bounds).Width);
                foreach (var upload in new[] { make(side + 1, 1), make(1, side + 1) })
                {
                    Assert.False(CleanImage.TryRead(upload, bounds, out _, out var why));
                    Assert.Equal((ErrorCode.InvalidArgument, bounds.Field), (why.Code, why.Field));
                }
            }
        }
    }

    [Property(MaxTest = 500)]
    public void Any_bytes_behind_any_signature_are_answered(byte kind, byte[] bytes)
    {
        byte[] signature = (kind % 6) switch
        {
            0 => [0xFF, 0xD8, 0xFF],
            1 => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A],
            2 => [.. "RIFF"u8, (byte)(bytes.Length + 4), 0, 0, 0, .. "WEBP"u8],
            3 => [.. "RIFF"u8, (byte)(bytes.Length + 12), 0, 0, 0, .. "WEBPVP8X"u8, (byte)bytes.Length, 0, 0, 0],
            4 => [.. "RIFF"u8, (byte)(bytes.Length + 12), 0, 0, 0, .. "WEBPVP8 "u8, (byte)bytes.Length, 0, 0, 0],
            _ => [],
        };

        AnsweredSoundly([.. signature, .. bytes]);
    }

    [Property(MaxTest = 2_000)]
    public void A_damaged_picture_is_refused_or_cleaned(byte which, (ushort At, byte Value)[] damages, ushort? cut, ushort moved)
    {
        var upload = Whole[which % Whole.Length].ToArray();
        foreach (var (at, value) in damages.Take(4))
            upload[at % upload.Length] = value;
        if (cut is { } length)
            upload = [.. upload.AsSpan(..(length % upload.Length)), .. upload.AsSpan((moved % upload.Length)..)];

        AnsweredSoundly(upload);
    }

    private static void AnsweredSoundly(byte[] upload)
    {
        if (!CleanImage.TryRead(upload, ImageBounds.Picture, out var image, out var why))
        {
            Assert.Equal((ErrorCode.InvalidArgument, "image"), (why.Code, why.Field));
            return;
        }

        Assert.InRange(image.Bytes.Length, 1, upload.Length);
        Assert.InRange(image.Width, 1, ImageBounds.Picture.MaxSide);
        Assert.InRange(image.Height, 1, ImageBounds.Picture.MaxSide);
        Assert.Equal(image.Bytes.ToArray(), Cleaned(image.Bytes.ToArray()).Bytes.ToArray());
    }
}
