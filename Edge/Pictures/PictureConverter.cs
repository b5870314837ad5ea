using System.Threading.RateLimiting;
using NetVips;
using WebChat.Actors;
using WebChat.Actors.Users.Pictures;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Pictures;

/// <summary>
/// Makes a <see cref="ProfilePicture"/> of an uploaded JPEG, PNG or WebP file: turned upright by its EXIF data, converted to sRGB,
/// scaled down and re-encoded. Nothing of the file itself is kept: no metadata, no profile, no trailing data. Of an animation only
/// the first frame is used.
/// </summary>
/// <remarks>
/// libvips decodes row by row where the file allows it. The worst files within the limits, a progressive JPEG with the most scans
/// and an interlaced PNG, take 340 MiB of memory and five seconds of a processor. At most half of the processors convert. A
/// conversion that exceeds the time limit ends at libvips' next check.
/// </remarks>
public sealed class PictureConverter : IDisposable
{
    /// <summary>The most bytes of an upload: enough for a phone's photo.</summary>
    public const int MaxBytes = 8 * 1_024 * 1_024;

    /// <summary>The most bytes of an upload's decoded pixels: 55 million pixels in colour, half as many with 16 bits per sample.</summary>
    public const int MaxDecodedBytes = 160 * 1_024 * 1_024;

    /// <summary>The most pixels of an upload's width, and of its height.</summary>
    public const int MaxSide = 16_384;

    /// <summary>The pixels of a picture's longer side. A smaller picture is not scaled.</summary>
    public const int Side = 1_024;

    /// <summary>The pixels of a preview's longer side.</summary>
    public const int PreviewSide = 32;

    // A camera's progressive JPEG has about ten scans. Each costs a pass over all pixels, and may be a few bytes long.
    private const int MaxScans = 100;

    private const int MaxWaiting = 32;

    private const string Field = "image";

    private static ReadOnlySpan<byte> StartOfScan => [0xFF, 0xDA];

    // A field, since libvips calls the delegate as long as the process lives.
    private static readonly Log.LogDelegate Silence = (_, _, _) => { };

    private readonly ConcurrencyLimiter _turns;
    private readonly TimeSpan _timeLimit;

    static PictureConverter()
    {
        // A file's first bytes select its loader. Of libvips' forty loaders only these three are allowed.
        Operation.Block("VipsForeignLoad", true);
        foreach (var loader in (string[])["VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer", "VipsForeignLoadWebpBuffer"])
            Operation.Block(loader, false);

        // No picture is loaded twice, so none is cached.
        Cache.Max = 0;
        NetVips.NetVips.Concurrency = 1;

        // libvips warns on stderr about faults of a file. The client receives an error for them.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, Silence);
    }

    public PictureConverter() : this(
        new(new() { PermitLimit = Math.Max(1, Environment.ProcessorCount / 2), QueueLimit = MaxWaiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst }),
        TimeSpan.FromSeconds(20))
    {
    }

    internal PictureConverter(ConcurrencyLimiter turns, TimeSpan timeLimit)
    {
        _turns = turns;
        _timeLimit = timeLimit;
    }

    /// <summary>Converts an upload on a thread of its own.</summary>
    /// <exception cref="RejectedException">The upload is too large, damaged, of another format, or too slow to decode; or too many others wait.</exception>
    public async Task<ProfilePicture> ConvertAsync(byte[] upload, CancellationToken cancellationToken)
    {
        if (upload.Length > MaxBytes)
            throw new RejectedException(new(ErrorCode.TooLarge, $"{Field} must be at most {MaxBytes} bytes.", Field));
        using var turn = await _turns.AcquireAsync(1, cancellationToken);
        if (!turn.IsAcquired)
            throw new RejectedException(new(ErrorCode.Unavailable, "Too many pictures are being converted. Please try again."));
        using var deadline = new CancellationTokenSource(_timeLimit);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await Task.Factory.StartNew(() => Convert(upload, end.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw RejectedException.Invalid(Field, "takes too long to decode");
        }
    }

    public void Dispose() => _turns.Dispose();

    private static ProfilePicture Convert(byte[] upload, CancellationToken cancellationToken)
    {
        try
        {
            Check(upload);

            // libvips 8.18 doesn't pass the thumbnail's fail_on to the loader of a buffer.
            using var decoded = Image.ThumbnailBuffer(upload, Side, optionString: "[fail_on=error]", height: Side, size: Enums.Size.Down, outputProfile: "srgb");
            decoded.SetProgress(new Progress<int>(), cancellationToken);
            using var image = decoded.CopyMemory();
            cancellationToken.ThrowIfCancellationRequested();
            using var small = image.ThumbnailImage(PreviewSide, height: PreviewSide, size: Enums.Size.Down);
            using var blurred = small.Gaussblur(1.5);
            return new(
                image.WebpsaveBuffer(q: 82, keep: Enums.ForeignKeep.None),
                blurred.WebpsaveBuffer(q: 60, keep: Enums.ForeignKeep.None));
        }
        catch (VipsException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (VipsException)
        {
            throw RejectedException.Invalid(Field, "is damaged or cut short");
        }
    }

    // Reads the header only.
    private static void Check(byte[] upload)
    {
        if (Image.FindLoadBuffer(upload) is not { } loader)
            throw RejectedException.Invalid(Field, "must be a JPEG, PNG or WebP file");
        using var header = Image.NewFromBuffer(upload, access: Enums.Access.Sequential);
        if (header.Width > MaxSide || header.Height > MaxSide || DecodedBytes(header) > MaxDecodedBytes)
            throw RejectedException.Invalid(Field, $"must be at most {MaxSide} pixels wide and high, and at most {MaxDecodedBytes} bytes when decoded");
        if (loader == "VipsForeignLoadJpegBuffer" && header.Contains("interlaced") && upload.AsSpan().Count(StartOfScan) > MaxScans)
            throw RejectedException.Invalid(Field, $"must have at most {MaxScans} scans");
    }

    private static long DecodedBytes(Image header) =>
        (long)header.Width * header.Height * header.Bands * (header.Format == Enums.BandFormat.Uchar ? 1 : 2);
}
