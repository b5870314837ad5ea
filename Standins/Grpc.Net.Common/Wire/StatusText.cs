using System.Globalization;
using System.Text;
using Grpc.Core;

namespace Grpc.Net.Wire;

/// <summary>Status codes and messages as header values.</summary>
internal static class StatusText
{
    private static readonly string[] Codes = [.. Enumerable.Range(0, (int)StatusCode.Unauthenticated + 1).Select(code => code.ToString(CultureInfo.InvariantCulture))];

    public static string OfCode(StatusCode code) => (uint)code < Codes.Length ? Codes[(int)code] : ((int)code).ToString(CultureInfo.InvariantCulture);

    /// <summary>The code of a <c>grpc-status</c> value; what is no known code is Unknown.</summary>
    public static StatusCode ToCode(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code < Codes.Length ? (StatusCode)code : StatusCode.Unknown;

    /// <summary>Percent-encodes what is not printable ASCII, and the percent sign, as UTF-8.</summary>
    public static string Encode(string message)
    {
        var clean = true;
        foreach (var c in message)
        {
            clean &= IsPlain(c);
        }

        if (clean)
        {
            return message;
        }

        var encoded = new StringBuilder(message.Length + 16);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in message.EnumerateRunes())
        {
            if (rune.IsAscii && IsPlain((char)rune.Value))
            {
                encoded.Append((char)rune.Value);
                continue;
            }

            foreach (var b in utf8[..rune.EncodeToUtf8(utf8)])
            {
                encoded.Append('%').Append(HexDigit(b >> 4)).Append(HexDigit(b & 0xF));
            }
        }

        return encoded.ToString();
    }

    /// <summary>Undoes <see cref="Encode"/>; what is not encoded rightly stays as it is.</summary>
    public static string Decode(string value)
    {
        if (!value.Contains('%'))
        {
            return value;
        }

        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(value.Length)];
        var length = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '%' && i + 2 < value.Length && char.IsAsciiHexDigit(value[i + 1]) && char.IsAsciiHexDigit(value[i + 2]))
            {
                bytes[length++] = byte.Parse(value.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                i += 2;
            }
            else
            {
                var run = char.IsHighSurrogate(value[i]) && i + 1 < value.Length ? 2 : 1;
                length += Encoding.UTF8.GetBytes(value.AsSpan(i, run), bytes.AsSpan(length));
                i += run - 1;
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static bool IsPlain(char c) => c is >= ' ' and <= '~' and not '%';

    private static char HexDigit(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);
}
