using System.Threading.RateLimiting;
using NetVips;
using WebChat.Actors;
using WebChat.Actors.Users.Pictures;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Pictures;

/// <summary>
/// Makes a <see cref="ProfilePicture"/> of an uploaded JPEG, PNG or WebP file: turned upright as EXIF says, converted to sRGB,
/// scaled down, encoded anew. Nothing of the file itself is kept: no metadata, no profile, nothing behind its end. Of an
/// animation the first frame counts.
/// </summary>
/// <remarks>
/// libvips decodes row by row where the file allows it. The worst files within the limits, a progressive JPEG with all the
/// scans and an interlaced PNG, take 340 MiB of memory and five seconds of a processor. Half of the processors convert, and
/// what exceeds the time limit ends as soon as libvips asks.
/// </remarks>
public sealed class PictureConverter : IDisposable
{
    /// <summary>Bytes of an upload: a phone's photo.</summary>
    public const int MaxBytes = 8 * 1_024 * 1_024;

    /// <summary>Bytes of an upload's pixels, decoded: 55 million of them in colour, half as many with 16 bits a sample.</summary>
    public const int MaxDecodedBytes = 160 * 1_024 * 1_024;

    /// <summary>Pixels of an upload's width, and of its height.</summary>
    public const int MaxSide = 16_384;

    /// <summary>Pixels of a picture's longer side. Smaller ones stay as they are.</summary>
    public const int Side = 1_024;

    /// <summary>Pixels of a preview's longer side.</summary>
    public const int PreviewSide = 32;

    // A camera's progressive JPEG has about ten; each costs a pass over all pixels, and may be a few bytes long.
    private const int MaxScans = 100;

    private const int MaxWaiting = 32;

    private const string Field = "image";

    private static ReadOnlySpan<byte> StartOfScan => [0xFF, 0xDA];

    // Held, since libvips calls it as long as the process lives.
    private static readonly Log.LogDelegate Silence = (_, _, _) => { };

    private readonly ConcurrencyLimiter _turns;
    private readonly TimeSpan _timeLimit;

    static PictureConverter()
    {
        // A file's first bytes decide which loader reads it: of libvips' forty, these three may.
        Operation.Block("VipsForeignLoad", true);
        foreach (var loader in (string[])["VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer", "VipsForeignLoadWebpBuffer"])
            Operation.Block(loader, false);

        // No picture is asked for twice, and none is to stay in memory.
        Cache.Max = 0;
        NetVips.NetVips.Concurrency = 1;

        // It warns on stderr of what is wrong with a file: that is the client's business, which gets an error.
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
    /// <exception cref="RejectedException">It is too large, no whole picture of these formats, or takes too long; or too many others wait.</exception>
    public async Task<ProfilePicture> ConvertAsync(byte[] upload, CancellationToken cancellationToken)
    {
        if (upload.Length > MaxBytes)
            throw new RejectedException(new(ErrorCode.TooLarge, $"{Field} must not be larger than {MaxBytes} bytes.", Field));
        using var turn = await _turns.AcquireAsync(1, cancellationToken);
        if (!turn.IsAcquired)
            throw new RejectedException(new(ErrorCode.Unavailable, "Too many pictures are being converted; please try again."));
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

            // libvips 8.18 doesn't hand the thumbnail's own fail_on down to the loader of a buffer.
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
            throw RejectedException.Invalid(Field, $"must not be wider or higher than {MaxSide} pixels, or decode to more than {MaxDecodedBytes} bytes");
        if (loader == "VipsForeignLoadJpegBuffer" && header.Contains("interlaced") && upload.AsSpan().Count(StartOfScan) > MaxScans)
            throw RejectedException.Invalid(Field, $"must not have more than {MaxScans} scans");
    }

    private static long DecodedBytes(Image header) =>
        (long)header.Width * header.Height * header.Bands * (header.Format == Enums.BandFormat.Uchar ? 1 : 2);
}
