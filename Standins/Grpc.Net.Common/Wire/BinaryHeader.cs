using Grpc.Core;

namespace Grpc.Net.Wire;

/// <summary>The values of headers whose name ends in <c>-bin</c>: base64, sent without padding, read with and without.</summary>
internal static class BinaryHeader
{
    public static string Encode(Metadata.Entry entry) => entry.IsBinary ? Convert.ToBase64String(entry.BytesInPlace).TrimEnd('=') : entry.Value;

    /// <summary>Adds a received header; several binary values may stand in one, separated by commas.</summary>
    public static void AddTo(Metadata metadata, string name, string value)
    {
        if (!name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
        {
            metadata.Add(Metadata.Entry.Received(name, value));
            return;
        }

        foreach (var part in value.AsSpan().Split(','))
        {
            metadata.Add(Metadata.Entry.Received(name, Decode(value.AsSpan(part).Trim())));
        }
    }

    private static byte[] Decode(ReadOnlySpan<char> text)
    {
        text = text.TrimEnd('=');
        Span<char> padded = text.Length <= 256 ? stackalloc char[text.Length + 3] : new char[text.Length + 3];
        text.CopyTo(padded);
        padded[text.Length..].Fill('=');
        var length = (text.Length + 3) / 4 * 4;
        var bytes = new byte[length / 4 * 3];
        return Convert.TryFromBase64Chars(padded[..length], bytes, out var written)
            ? bytes[..written]
            : throw new RpcException(new Status(StatusCode.Internal, "A binary header is not base64."));
    }
}
