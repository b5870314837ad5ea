namespace Grpc.Net.Wire;

/// <summary>The headers of the gRPC protocol.</summary>
internal static class HeaderNames
{
    public const string AcceptEncoding = "grpc-accept-encoding";
    public const string Encoding = "grpc-encoding";
    public const string Message = "grpc-message";
    public const string Status = "grpc-status";
    public const string Timeout = "grpc-timeout";

    /// <summary>Not on the wire: metadata by which a caller chooses the encoding of its own messages.</summary>
    public const string EncodingRequest = "grpc-internal-encoding-request";

    /// <summary>Whether the header belongs to the protocol rather than to the application.</summary>
    public static bool IsOfProtocol(string name) =>
        name.Length > 0
        && (name[0] == ':'
            || (name.StartsWith("grpc-", StringComparison.OrdinalIgnoreCase)
                && (name.Equals(Status, StringComparison.OrdinalIgnoreCase)
                    || name.Equals(Message, StringComparison.OrdinalIgnoreCase)
                    || name.Equals(Encoding, StringComparison.OrdinalIgnoreCase)
                    || name.Equals(AcceptEncoding, StringComparison.OrdinalIgnoreCase)
                    || name.Equals(Timeout, StringComparison.OrdinalIgnoreCase))));
}
