using WebChat.Actors;
using WebChat.Actors.Users.Avatars;
using static WebChat.Tests.Actors.Users.Avatars.Picture;

namespace WebChat.Tests.Actors.Users.Avatars;

public sealed class PngTests
{
    private static readonly byte[] Grey = Chunk("IDAT", 0x78, 0x9C, 0x63, 0, 0, 0, 1, 0, 1);

    [Theory]
    [InlineData("tEXt")]
    [InlineData("zTXt")]
    [InlineData("iTXt")]
    [InlineData("eXIf")]
    [InlineData("iCCP")]
    [InlineData("tIME")]
    [InlineData("vpAg")]
    [InlineData("gAMA")]
    public void What_may_tell_goes(string type)
    {
        var telling = Chunk(type, Telling());

        Assert.Equal(Png(), Cleaned(Png(early: telling, late: telling, behind: Telling())).Bytes.ToArray());
    }

    [Fact]
    public void What_shows_the_picture_stays()
    {
        byte[] early = [.. Chunk("gAMA", 0, 0, 0xB1, 0x8F), .. Chunk("cHRM", new byte[32]), .. Chunk("sRGB", 0), .. Chunk("PLTE", 1, 2, 3), .. Chunk("tRNS", 0, 1, 0, 2, 0, 3)];
        var upload = Png(early: early);

        var image = Cleaned(upload);

        Assert.Equal(upload, image.Bytes.ToArray());
        Assert.Equal((ImageFormat.Png, 3, 2), (image.Format, image.Width, image.Height));
    }

    [Fact]
    public void A_palette_has_no_more_transparencies_than_colours()
    {
        byte[] Indexed(params byte[][] transparency) => PngOf([Header(3, 2, colourType: 3), Chunk("PLTE", 1, 2, 3, 4, 5, 6), .. transparency, Grey, Chunk("IEND")]);

        Assert.Equal(Indexed(Chunk("tRNS", 7, 8)), Cleaned(Indexed(Chunk("tRNS", 7, 8))).Bytes.ToArray());
        Assert.Equal(Indexed(), Cleaned(Indexed(Chunk("tRNS", Telling()))).Bytes.ToArray());
    }

    public static TheoryData<string, byte[]> Refused => new()
    {
        { "no pixels", PngOf(Header(3, 2), Chunk("IEND")) },
        { "no header", PngOf(Grey, Chunk("IEND")) },
        { "two headers", PngOf(Header(3, 2), Header(3, 2), Grey, Chunk("IEND")) },
        { "no end", PngOf(Header(3, 2), Grey) },
        { "an end with something in it", PngOf(Header(3, 2), Grey, Chunk("IEND", 1)) },
        { "pixels in two places", PngOf(Header(3, 2), Grey, Chunk("tEXt"), Grey, Chunk("IEND")) },
        { "no palette", PngOf(Header(3, 2, colourType: 3), Grey, Chunk("IEND")) },
        { "a palette of half a colour", PngOf(Header(3, 2, colourType: 3), Chunk("PLTE", 1, 2), Grey, Chunk("IEND")) },
        { "a palette for grey", PngOf(Header(3, 2, colourType: 0), Chunk("PLTE", 1, 2, 3), Grey, Chunk("IEND")) },
        { "an unknown kind of colours", PngOf(Header(3, 2, colourType: 5), Grey, Chunk("IEND")) },
        { "a depth that the colours cannot have", PngOf(Header(3, 2, colourType: 2, depth: 4), Grey, Chunk("IEND")) },
        { "no width", PngOf(Header(0, 2), Grey, Chunk("IEND")) },
        { "no height", PngOf(Header(3, 0), Grey, Chunk("IEND")) },
        { "more pixels than a number can say", PngOf(Header(uint.MaxValue, uint.MaxValue), Grey, Chunk("IEND")) },
        { "an unknown critical chunk", PngOf(Header(3, 2), Chunk("ABCD"), Grey, Chunk("IEND")) },
        { "an animation", PngOf(Header(3, 2), Chunk("acTL", 0, 0, 0, 2, 0, 0, 0, 0), Grey, Chunk("IEND")) },
        { "a chunk longer than the file", PngOf(Header(3, 2), [0x7F, 0xFF, 0xFF, 0xFF, .. "IDAT"u8, 1, 2, 3, 4, 5]) },
        { "a chunk longer than a chunk may be", PngOf(Header(3, 2), [0xFF, 0xFF, 0xFF, 0xFF, .. "IDAT"u8, 1, 2, 3, 4, 5]) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_no_whole_PNG_is_refused(string what, byte[] upload)
    {
        Assert.False(CleanImage.TryRead(upload, ImageBounds.Picture, out _, out var why), what);
        Assert.Equal(ErrorCode.InvalidArgument, why.Code);
    }

    [Fact]
    public void A_changed_byte_is_noticed_wherever_it_is()
    {
        var upload = Png();
        for (var at = 8; at < upload.Length; at++)
        {
            upload[at] ^= 0x20;
            Assert.False(CleanImage.TryRead(upload, ImageBounds.Picture, out _, out _), $"at {at}");
            upload[at] ^= 0x20;
        }
    }
}
