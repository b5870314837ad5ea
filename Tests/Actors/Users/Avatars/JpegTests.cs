using WebChat.Actors.Users.Avatars;
using static WebChat.Tests.Actors.Users.Avatars.Picture;

namespace WebChat.Tests.Actors.Users.Avatars;

public sealed class JpegTests
{
    private static readonly byte[] Jfif = [.. "JFIF\0"u8, 1, 2, 1, 0, 72, 0, 72, 0, 0];

    [Fact]
    public void All_that_tells_of_the_camera_goes()
    {
        var metadata = Enumerable.Range(0xE0, 16).Select(app => Segment((byte)app, Telling(app switch
        {
            0xE0 => "JFXX\0",
            0xE1 => "Exif\0\0",
            0xE2 => "ICC_PROFILE\0",
            0xED => "Photoshop 3.0\0",
            _ => "",
        })));
        var upload = Jpeg([.. metadata, Segment(0xFE, Telling()), Frame(0xC0, 3, 2), Segment(0xE1, Telling("Exif\0\0")), Scan()]);

        var image = Cleaned([.. upload, .. Telling()]);

        Assert.Equal(Jpeg(Frame(0xC0, 3, 2), Scan()), image.Bytes.ToArray());
    }

    [Fact]
    public void What_shows_the_picture_stays()
    {
        var upload = Jpeg(Segment(0xE0, Jfif), Segment(0xDB, new byte[65]), Segment(0xDD, 0, 8), Frame(0xC2, 3, 2), Segment(0xC4, new byte[20]), Scan(), Segment(0xC4, new byte[20]), Scan());

        var image = Cleaned(upload);

        Assert.Equal(upload, image.Bytes.ToArray());
        Assert.Equal((ImageFormat.Jpeg, 3, 2), (image.Format, image.Width, image.Height));
    }

    [Fact]
    public void The_thumbnail_goes_and_the_pixels_aspect_stays()
    {
        byte[] withThumbnail = [.. Jfif[..12], 1, 7, .. Telling()];

        var image = Cleaned(Jpeg(Segment(0xE0, withThumbnail), Frame(0xC0, 3, 2), Scan()));

        Assert.Equal(Jpeg(Segment(0xE0, Jfif), Frame(0xC0, 3, 2), Scan()), image.Bytes.ToArray());
    }

    [Fact]
    public void Of_Adobes_segment_the_colour_transform_stays()
    {
        var image = Cleaned(Jpeg(Segment(0xEE, [.. "Adobe"u8, 1, 2, 3, 4, 5, 6, 2, .. Telling()]), Frame(0xC0, 3, 2), Scan()));

        Assert.Equal(Jpeg(Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 2]), Frame(0xC0, 3, 2), Scan()), image.Bytes.ToArray());
    }

    [Fact]
    public void Filling_before_a_marker_is_no_matter() =>
        Assert.Equal(Jpeg(Frame(0xC0, 3, 2), Scan()), Cleaned(Jpeg([0xFF, 0xFF], Frame(0xC0, 3, 2), [0xFF], Scan(), [0xFF, 0xFF])).Bytes.ToArray());

    public static TheoryData<string, byte[]> Refused => new()
    {
        { "no picture", Jpeg(Frame(0xC0, 3, 2)) },
        { "no frame", Jpeg(Scan()) },
        { "two frames", Jpeg(Frame(0xC0, 3, 2), Frame(0xC0, 3, 2), Scan()) },
        { "lossless", Jpeg(Frame(0xC3, 3, 2), Scan()) },
        { "arithmetic coding", Jpeg(Frame(0xC9, 3, 2), Scan()) },
        { "12 bits", Jpeg(Frame(0xC1, 3, 2, precision: 12), Scan()) },
        { "a height that comes later", Jpeg(Frame(0xC0, 3, 0), Scan(), Segment(0xDC, 0, 2)) },
        { "no width", Jpeg(Frame(0xC0, 0, 2), Scan()) },
        { "a frame of a wrong length", Jpeg(Segment(0xC0, 8, 0, 2, 0, 3, 3, 1, 0x11, 0), Scan()) },
        { "an image in an image", Jpeg([0xFF, 0xD8], Frame(0xC0, 3, 2), Scan()) },
        { "bytes between segments", Jpeg([1, 2, 3], Frame(0xC0, 3, 2), Scan()) },
        { "no end", Jpeg(Frame(0xC0, 3, 2), Scan())[..^2] },
        { "a segment longer than the file", Jpeg(Frame(0xC0, 3, 2), [0xFF, 0xDB, 0xFF, 0xFF]) },
        { "a segment shorter than its length", Jpeg([0xFF, 0xDB, 0, 1], Frame(0xC0, 3, 2), Scan()) },
        { "scans without end", Jpeg([Frame(0xC2, 3, 2), .. Enumerable.Repeat(Scan(), 101)]) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_no_whole_JPEG_is_refused(string what, byte[] upload)
    {
        Assert.False(CleanImage.TryRead(upload, ImageBounds.Picture, out _, out var why), what);
        Assert.Equal(WebChat.Actors.ErrorCode.InvalidArgument, why.Code);
    }
}
