namespace WebChat.Actors.Users.Avatars;

/// <summary>The checksum of PNG's chunks (ISO 3309; PNG, annex D).</summary>
internal static class Crc32
{
    private static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(Remainder)];

    /// <summary>The checksum of the bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var next in bytes)
            crc = Remainders[(byte)(crc ^ next)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint Remainder(int dividend)
    {
        const uint Polynomial = 0xEDB88320;
        var remainder = (uint)dividend;
        for (var bit = 0; bit < 8; bit++)
            remainder = (remainder & 1) == 0 ? remainder >> 1 : Polynomial ^ (remainder >> 1);
        return remainder;
    }
}
