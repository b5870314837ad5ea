using System.Buffers.Binary;

namespace WebChat.Actors.Users.Avatars;

/// <summary>Follows the chunks of a PNG in their order, and decides which of them to keep.</summary>
internal struct PngChunks
{
    private const byte Palette = 3;
    private const byte MaxColourType = 6;

    private bool _begun;
    private bool _hasPixels;
    private bool _pixelsOver;
    private int _colours;
    private byte _colourType;

    /// <summary>As the header says.</summary>
    public ImageSize Size { get; private set; }

    /// <summary>Whether IEND has been.</summary>
    public bool AtEnd { get; private set; }

    /// <summary>Takes the next chunk; says what is wrong with it here, if anything is.</summary>
    public string? Flaw(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, out bool keep)
    {
        keep = true;
        if (_begun == type.SequenceEqual("IHDR"u8))
            return "must be a well-formed PNG, and has its header at a wrong place";
        if (!type.SequenceEqual("IDAT"u8))
            _pixelsOver = _hasPixels;
        string? flaw;
        if (type.SequenceEqual("IHDR"u8))
            flaw = Header(data);
        else if (type.SequenceEqual("PLTE"u8))
            flaw = Colours(data);
        else if (type.SequenceEqual("IDAT"u8))
            flaw = Pixels();
        else if (type.SequenceEqual("IEND"u8))
            flaw = End(data);
        else if (type.SequenceEqual("acTL"u8) || type.SequenceEqual("fcTL"u8) || type.SequenceEqual("fdAT"u8))
            flaw = "must not be animated";
        else if (IsCritical(type))
            flaw = "must be a well-formed PNG, and has a critical chunk of an unknown type";
        else
            flaw = Ancillary(type, data, out keep);
        return flaw;
    }

    private static bool IsCritical(ReadOnlySpan<byte> type) => (type[0] & 0x20) == 0;

    private string? Header(ReadOnlySpan<byte> data)
    {
        _begun = true;
        if (data.Length != 13)
            return "must be a well-formed PNG, and has a header of a wrong length";
        Size = new(BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
        _colourType = data[9];
        var depthFits = (_colourType, Depth: data[8]) switch
        {
            (0, 1 or 2 or 4 or 8 or 16) => true,
            (Palette, 1 or 2 or 4 or 8) => true,
            (2 or 4 or MaxColourType, 8 or 16) => true,
            _ => false,
        };
        return depthFits && data[10] == 0 && data[11] == 0 && data[12] <= 1
            ? null
            : "must be a PNG of a kind that the format knows";
    }

    private string? Colours(ReadOnlySpan<byte> data)
    {
        if (_colours > 0 || _hasPixels || _colourType is 0 or 4 || data.Length is 0 or > 768 || data.Length % 3 != 0)
            return "must be a well-formed PNG, and has a wrong palette";
        _colours = data.Length / 3;
        return null;
    }

    private string? Pixels()
    {
        _hasPixels = true;
        return _pixelsOver ? "must be a well-formed PNG, and has its pixels in more than one place"
            : _colourType == Palette && _colours == 0 ? "must be a well-formed PNG, and lacks its palette"
            : null;
    }

    private string? End(ReadOnlySpan<byte> data)
    {
        AtEnd = true;
        return _hasPixels && data.IsEmpty ? null : "must be a whole PNG, and has no picture in it";
    }

    // A chunk of a length that it cannot have is not what its type says, and might say anything.
    private readonly string? Ancillary(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, out bool keep)
    {
        var length = type.SequenceEqual("gAMA"u8) ? 4
            : type.SequenceEqual("cHRM"u8) ? 32
            : type.SequenceEqual("sRGB"u8) ? 1
            : !type.SequenceEqual("tRNS"u8) ? -1
            : _colourType switch { 0 => 2, 2 => 6, Palette => Math.Min(data.Length, _colours), _ => -1 };
        keep = !_hasPixels && data.Length == length;
        return null;
    }
}
