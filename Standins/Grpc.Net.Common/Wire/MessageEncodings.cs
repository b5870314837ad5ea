using System.IO.Compression;
using Grpc.Net.Compression;

namespace Grpc.Net.Wire;

/// <summary>The message encodings that both sides know.</summary>
internal static class MessageEncodings
{
    public const string Identity = "identity";

    /// <summary>What <c>grpc-accept-encoding</c> says.</summary>
    public const string Accepted = "identity,gzip,deflate";

    private static readonly GzipCompressionProvider Gzip = new(CompressionLevel.Fastest);
    private static readonly DeflateCompressionProvider Deflate = new(CompressionLevel.Fastest);

    /// <summary>Whether the encoding is known; identity is, and has no provider.</summary>
    public static bool TryGet(string name, out ICompressionProvider? provider)
    {
        provider = name switch
        {
            "gzip" => Gzip,
            "deflate" => Deflate,
            _ => null,
        };
        return provider is not null || name == Identity;
    }

    /// <summary>Whether a <c>grpc-accept-encoding</c> value names the encoding.</summary>
    public static bool Accepts(string? acceptEncoding, string name)
    {
        foreach (var part in acceptEncoding.AsSpan().Split(','))
        {
            if (acceptEncoding.AsSpan(part).Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
