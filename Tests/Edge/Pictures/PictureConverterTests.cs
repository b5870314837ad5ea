using System.Buffers.Binary;
using System.Text;
using System.Threading.RateLimiting;
using NetVips;
using WebChat.Actors;
using WebChat.Actors.Users.Pictures;
using WebChat.Edge.Errors;
using WebChat.Edge.Pictures;
using static WebChat.Tests.Edge.Pictures.TestPicture;

namespace WebChat.Tests.Edge.Pictures;

public sealed class PictureConverterTests : IDisposable
{
    // A colour of skin.
    private static readonly byte[] Skin = [200, 120, 90];

    private readonly PictureConverter _converter = new();

    [Theory, InlineData("jpeg"), InlineData("png"), InlineData("webp")]
    public async Task A_picture_keeps_its_size_and_its_colours(string format)
    {
        var picture = await Convert(Quarters().In(format));

        Assert.Equal((200, 100), SizeOf(picture.Image));
        ShowsQuarters(picture.Image, [Red, Green, Blue, White]);
    }

    [Theory]
    [InlineData(4_000, 1_000, 1_024, 256, 32, 8)]
    [InlineData(1_000, 4_000, 256, 1_024, 8, 32)]
    [InlineData(20, 10, 20, 10, 20, 10)]
    [InlineData(16_384, 2, 1_024, 1, 32, 1)]
    public async Task A_picture_and_its_preview_are_scaled_down_in_proportion_and_never_up(int width, int height, int imageWidth, int imageHeight, int previewWidth, int previewHeight)
    {
        var picture = await Convert(Plain(Skin, width, height).In("png"));

        Assert.Equal((imageWidth, imageHeight), SizeOf(picture.Image));
        Assert.Equal((previewWidth, previewHeight), SizeOf(picture.Preview));
    }

    [Fact]
    public async Task A_preview_is_small_in_bytes_and_has_no_sharp_edge()
    {
        var picture = await Convert(Quarters(2_000, 2_000).In("png"));

        Assert.InRange(picture.Preview.Length, 1, 1_024);
        IsAbout(Red, picture.Preview.ColourAt(.1, .1), 24);
        Assert.All(picture.Preview.ColourAt(.5, .25), value => Assert.InRange(value, 0, 200));
    }

    public static TheoryData<string, int, byte[][]> Orientations
    {
        get
        {
            var cases = new TheoryData<string, int, byte[][]>();
            byte[][][] upright =
            [
                [Red, Green, Blue, White], [Green, Red, White, Blue], [White, Blue, Green, Red], [Blue, White, Red, Green],
                [Red, Blue, Green, White], [Blue, Red, White, Green], [White, Green, Blue, Red], [Green, White, Red, Blue],
            ];
            foreach (var format in (string[])["jpeg", "png", "webp"])
            {
                for (var orientation = 1; orientation <= 8; orientation++)
                    cases.Add(format, orientation, upright[orientation - 1]);
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(Orientations))]
    public async Task A_picture_is_turned_upright(string format, int orientation, byte[][] quarters)
    {
        var picture = await Convert(Quarters().With("orientation", orientation).In(format));

        Assert.Equal(orientation < 5 ? (200, 100) : (100, 200), SizeOf(picture.Image));
        ShowsQuarters(picture.Image, quarters);
        Assert.Equal(orientation < 5 ? (32, 16) : (16, 32), SizeOf(picture.Preview));
    }

    [Theory, InlineData("jpeg"), InlineData("png"), InlineData("webp")]
    public async Task Wide_gamut_colours_become_those_of_sRGB(string format)
    {
        // The same numbers with the profile of Display P3, as phones write it.
        var p3 = Plain(Skin).IccTransform("p3", inputProfile: "p3");

        IsAbout([213, 115, 83], (await Convert(p3.In(format))).Image.ColourAt(.5, .5));
    }

    [Theory, InlineData("jpeg"), InlineData("png"), InlineData("webp")]
    public async Task A_broken_profile_is_ignored(string format) =>
        IsAbout(Skin, (await Convert(Plain(Skin).With("icc-profile-data", Bytes("no profile")).In(format))).Image.ColourAt(.5, .5));

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_print_in_CMYK_shows_its_colours(bool hasProfile)
    {
        var print = Plain(Skin).IccTransform("cmyk", inputProfile: "srgb").JpegsaveBuffer(q: 95, keep: hasProfile ? Enums.ForeignKeep.All : Enums.ForeignKeep.None);

        IsAbout(Skin, (await Convert(print)).Image.ColourAt(.5, .5), 6);
    }

    [Fact]
    public async Task Sixteen_bits_per_sample_become_eight() =>
        ShowsQuarters((await Convert(Quarters().Colourspace(Enums.Interpretation.Rgb16).In("png"))).Image, [Red, Green, Blue, White]);

    [Fact]
    public async Task Grey_palettes_and_interlaced_images_are_read()
    {
        byte[] grey = [127, 127, 127];
        IsAbout(grey, (await Convert(Plain(grey).Colourspace(Enums.Interpretation.Bw).In("jpeg"))).Image.ColourAt(.5, .5));
        ShowsQuarters((await Convert(Quarters().PngsaveBuffer(palette: true))).Image, [Red, Green, Blue, White]);
        ShowsQuarters((await Convert(Quarters().PngsaveBuffer(interlace: true))).Image, [Red, Green, Blue, White]);
        ShowsQuarters((await Convert(Quarters().JpegsaveBuffer(q: 95, interlace: true))).Image, [Red, Green, Blue, White]);
    }

    [Theory, InlineData("png"), InlineData("webp")]
    public async Task Transparency_is_kept(string format)
    {
        var half = Plain(Skin).Bandjoin((Image.Black(64, 64) + 128).Cast(Enums.BandFormat.Uchar));

        IsAbout([.. Skin, 128], (await Convert(half.In(format))).Image.ColourAt(.5, .5));
    }

    [Fact]
    public async Task An_animation_is_reduced_to_its_first_frame()
    {
        var (first, second) = (Quarters(), Quarters().Invert());
        var webp = first.Join(second, Enums.Direction.Vertical).With("page-height", 100).With("delay", new[] { 100, 100 }).In("webp");

        foreach (var animation in new[] { webp, Animated(first.In("png"), second.In("png")) })
        {
            var picture = await Convert(animation);
            Assert.Equal((200, 100), SizeOf(picture.Image));
            ShowsQuarters(picture.Image, [Red, Green, Blue, White]);
        }
    }

    [Theory, InlineData("jpeg"), InlineData("png"), InlineData("webp")]
    public async Task Only_the_pixels_of_a_file_are_kept(string format)
    {
        const string Told = "52.5200 N, 13.4050 E";
        var script = $"<script>alert('{Told}')</script>";
        byte[] file =
        [
            .. Quarters().IccTransform("p3", inputProfile: "srgb").With("exif-ifd0-ImageDescription", Told).With("xmp-data", Bytes(script)).With("iptc-data", Bytes(Told)).In(format),
            .. "PK\x03\x04"u8, .. Bytes(script),
        ];
        Assert.True(file.AsSpan().IndexOf(Bytes(Told)) >= 0);

        var picture = await Convert(file);

        ShowsQuarters(picture.Image, [Red, Green, Blue, White]);
        foreach (var kept in new[] { picture.Image, picture.Preview })
        {
            using var image = Image.NewFromBuffer(kept);
            Assert.DoesNotContain(image.GetFields(), field => field.Contains("exif") || field.Contains("xmp") || field.Contains("iptc") || field.Contains("icc"));
            Assert.Equal(-1, kept.AsSpan().IndexOf(Bytes(Told)));
            Assert.Equal(kept.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(kept.AsSpan(4)));
        }
    }

    [Theory, InlineData("jpeg"), InlineData("png"), InlineData("webp")]
    public async Task A_truncated_file_is_refused(string format)
    {
        var whole = Image.Gaussnoise(300, 300, mean: 128, sigma: 40).Cast(Enums.BandFormat.Uchar).In(format);
        await Convert(whole);

        foreach (var length in new[] { whole.Length - 100, whole.Length / 2, 60 })
            Assert.Equal("image is damaged or cut short.", (await Refusal(whole[..length])).Message);
    }

    [Fact]
    public async Task A_file_of_another_format_is_refused()
    {
        byte[][] others =
        [
            [], [0xFF], new byte[1_000], Bytes("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"), Bytes("%PDF-1.7"), Bytes("#include <stdio.h>"),
            Quarters().GifsaveBuffer(), Quarters().TiffsaveBuffer(), Quarters().In("png")[1..],
        ];

        foreach (var other in others)
            Assert.Equal((ErrorCode.InvalidArgument, "image", "image must be a JPEG, PNG or WebP file."), Parts(await Refusal(other)));
    }

    [Fact]
    public async Task A_header_with_too_large_a_size_is_refused_before_decoding()
    {
        var jpeg = Quarters().In("jpeg");
        jpeg.AsSpan(jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 5, 4).Fill(0xF0);
        var webp = Quarters().WebpsaveBuffer(keep: Enums.ForeignKeep.None);
        byte[] largest = [0xFF, 0x3F, 0xFF, 0x3F];
        largest.CopyTo(webp, webp.AsSpan().IndexOf("VP8 "u8) + 14);

        foreach (var bomb in new[] { jpeg, webp, PngHeader(60_000, 60_000), PngHeader(1, 16_385), PngHeader(8_192, 6_827) })
            Assert.Equal((ErrorCode.InvalidArgument, "image", "image must be at most 16384 pixels wide and high, and at most 167772160 bytes when decoded."), Parts(await Refusal(bomb)));
        Assert.Equal("image is damaged or cut short.", (await Refusal(PngHeader(8_192, 6_826))).Message);
    }

    [Fact]
    public async Task A_JPEG_that_passes_over_its_pixels_again_and_again_is_refused()
    {
        var progressive = Quarters().JpegsaveBuffer(interlace: true);
        var last = progressive.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        byte[] bomb = [.. progressive[..^2], .. Enumerable.Repeat(progressive[last..^2], 100).SelectMany(scan => scan), .. progressive[^2..]];

        Assert.Equal("image must have at most 100 scans.", (await Refusal(bomb)).Message);

        // Phones append a video. Its bytes are not scans.
        await Convert([.. Quarters().In("jpeg"), .. Enumerable.Repeat<byte[]>([0xFF, 0xDA], 200).SelectMany(bytes => bytes)]);
    }

    [Fact]
    public async Task A_file_of_more_than_8_MiB_is_refused()
    {
        byte[] file = [.. Quarters().In("png"), .. new byte[PictureConverter.MaxBytes]];

        await Convert(file[..PictureConverter.MaxBytes]);
        Assert.Equal((ErrorCode.TooLarge, "image", "image must be at most 8388608 bytes."), Parts(await Refusal(file[..(PictureConverter.MaxBytes + 1)])));
    }

    [Fact]
    public async Task A_picture_that_takes_too_long_is_aborted()
    {
        using var hasty = new PictureConverter(Turns(), timeLimit: TimeSpan.Zero);

        var refused = await Assert.ThrowsAsync<RejectedException>(() => hasty.ConvertAsync(Quarters().In("png"), default));

        Assert.Equal((ErrorCode.InvalidArgument, "image", "image takes too long to decode."), Parts(refused.Rejection));
    }

    [Fact]
    public async Task The_conversion_for_a_disconnected_client_is_aborted()
    {
        using var turns = Turns();
        using var converter = new PictureConverter(turns, TimeSpan.FromMinutes(1));
        using var gone = new CancellationTokenSource();
        using var other = await turns.AcquireAsync();
        var waiting = converter.ConvertAsync(Quarters().In("png"), gone.Token);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_picture_waits_for_others_and_is_refused_if_too_many_wait()
    {
        using var turns = Turns();
        using var converter = new PictureConverter(turns, TimeSpan.FromMinutes(1));
        var other = await turns.AcquireAsync();
        var waiting = converter.ConvertAsync(Quarters().In("png"), default);

        var refused = await Assert.ThrowsAsync<RejectedException>(() => converter.ConvertAsync(Quarters().In("png"), default));
        Assert.Equal(ErrorCode.Unavailable, refused.Rejection.Code);
        Assert.False(waiting.IsCompleted);

        other.Dispose();
        ShowsQuarters((await waiting).Image, [Red, Green, Blue, White]);
    }

    public void Dispose() => _converter.Dispose();

    private static ConcurrencyLimiter Turns() => new(new() { PermitLimit = 1, QueueLimit = 1 });

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static (ErrorCode Code, string? Field, string Message) Parts(Rejection rejection) => (rejection.Code, rejection.Field, rejection.Message);

    private static (int Width, int Height) SizeOf(byte[] picture)
    {
        using var image = Image.NewFromBuffer(picture);
        Assert.Equal("webpload_buffer", image.Get("vips-loader"));
        return (image.Width, image.Height);
    }

    private static void ShowsQuarters(byte[] picture, byte[][] quarters)
    {
        IsAbout(quarters[0], picture.ColourAt(.25, .25));
        IsAbout(quarters[1], picture.ColourAt(.75, .25));
        IsAbout(quarters[2], picture.ColourAt(.25, .75));
        IsAbout(quarters[3], picture.ColourAt(.75, .75));
    }

    private Task<ProfilePicture> Convert(byte[] upload) => _converter.ConvertAsync(upload, default);

    private async Task<Rejection> Refusal(byte[] upload) => (await Assert.ThrowsAsync<RejectedException>(() => Convert(upload))).Rejection;
}
