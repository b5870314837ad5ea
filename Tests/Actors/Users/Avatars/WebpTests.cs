using System.Buffers.Binary;
using WebChat.Actors;
using WebChat.Actors.Users.Avatars;
using static WebChat.Tests.Actors.Users.Avatars.Picture;

namespace WebChat.Tests.Actors.Users.Avatars;

public sealed class WebpTests
{
    private const byte AllFlagsButAnimation = 0xFD;

    [Fact]
    public void What_may_tell_goes()
    {
        var upload = Webp(
            Extended(AllFlagsButAnimation, 3, 2), Riff("ICCP", Telling()), Riff("what", Telling()), Lossy(3, 2), Riff("EXIF", Telling()), Riff("XMP ", Telling()));

        Assert.Equal(Webp(Lossy(3, 2)), Cleaned([.. upload, .. Telling()]).Bytes.ToArray());
        Assert.Equal(Webp(Lossless(3, 2)), Cleaned(Webp(Lossless(3, 2), Riff("EXIF", Telling()))).Bytes.ToArray());
    }

    [Fact]
    public void Transparency_stays()
    {
        byte[] alpha = Riff("ALPH", 0, 1, 2, 3, 4, 5, 6);
        var upload = Webp(Extended(AllFlagsButAnimation, 3, 2), Riff("ICCP", Telling()), alpha, Lossy(3, 2), Riff("EXIF", Telling()));

        var image = Cleaned(upload);

        Assert.Equal(Webp(Extended(0x10, 3, 2), alpha, Lossy(3, 2)), image.Bytes.ToArray());
        Assert.Equal((ImageFormat.Webp, 3, 2), (image.Format, image.Width, image.Height));
    }

    [Fact]
    public void What_the_file_calls_a_scale_is_not_taken_for_size()
    {
        const int Scaled = 3 | (1 << 14);

        Assert.Equal(3, Cleaned(Webp(Lossy(Scaled, 2))).Width);
    }

    public static TheoryData<string, byte[]> Refused => new()
    {
        { "nothing", Webp() },
        { "no picture", Webp(Extended(0, 3, 2)) },
        { "a header that is too short", Webp(Riff("VP8X", 0, 0, 0, 0), Lossy(3, 2)) },
        { "two headers", Webp(Extended(0, 3, 2), Extended(0, 3, 2), Lossy(3, 2)) },
        { "a picture that is not alone, without a header", Webp(Riff("ALPH", 0), Lossy(3, 2)) },
        { "a picture smaller than its canvas", Webp(Extended(0, 4, 2), Lossy(3, 2)) },
        { "an animation by its header", Webp(Extended(0x02, 3, 2), Lossy(3, 2)) },
        { "an animation by its frames", Webp(Extended(0, 3, 2), Riff("ANMF", 1, 2), Lossy(3, 2)) },
        { "no key frame", Webp(Lossy(3, 2, tag: 0x11)) },
        { "a frame that is not shown", Webp(Lossy(3, 2, tag: 0x00)) },
        { "a lossy version to come", Webp(Lossy(3, 2, tag: 0x18)) },
        { "a first part longer than the picture", Webp(Lossy(3, 2, tag: 0xF0)) },
        { "no width", Webp(Lossy(0, 2)) },
        { "no height", Webp(Lossy(3, 0)) },
        { "a lossless version to come", Webp(Riff("VP8L", 0x2F, 0, 0, 0, 0x20)) },
        { "a lossless picture of three bytes", Webp(Riff("VP8L", 0x2F, 0, 0)) },
        { "a wrong first byte", Webp(Riff("VP8L", 0x2E, 0, 0, 0, 0)) },
        { "a chunk that breaks off", Webp(Lossy(3, 2))[..^4] },
        { "a chunk longer than memory", LongerThanMemory() },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_no_whole_WebP_is_refused(string what, byte[] upload)
    {
        Assert.False(CleanImage.TryRead(upload, ImageBounds.Picture, out _, out var why), what);
        Assert.Equal(ErrorCode.InvalidArgument, why.Code);
    }

    private static byte[] LongerThanMemory()
    {
        var file = Webp(Lossy(3, 2));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(16), uint.MaxValue);
        return file;
    }
}
