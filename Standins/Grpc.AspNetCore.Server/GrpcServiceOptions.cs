using System.IO.Compression;

namespace Grpc.AspNetCore.Server;

/// <summary>Options of all gRPC services, or of one.</summary>
public class GrpcServiceOptions
{
    private int? _maxReceiveMessageSize;
    private int? _maxSendMessageSize;

    /// <summary>The longest message to accept, in bytes, 4 MiB unless it is set; null for no limit.</summary>
    public int? MaxReceiveMessageSize
    {
        get => _maxReceiveMessageSize;
        set
        {
            _maxReceiveMessageSize = value;
            MaxReceiveMessageSizeIsSet = true;
        }
    }

    /// <summary>The longest message to send, in bytes; null, the default, for no limit.</summary>
    public int? MaxSendMessageSize
    {
        get => _maxSendMessageSize;
        set
        {
            _maxSendMessageSize = value;
            MaxSendMessageSizeIsSet = true;
        }
    }

    /// <summary>Whether a client is told what exception ended its call. False unless it is set: exceptions tell secrets.</summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>Whether calls of unknown services fall through to other endpoints rather than being answered Unimplemented.</summary>
    public bool? IgnoreUnknownServices { get; set; }

    /// <summary>How responses are compressed for clients that accept it: <c>gzip</c> or <c>deflate</c>; null for not at all.</summary>
    public string? ResponseCompressionAlgorithm { get; set; }

    /// <summary>How hard responses are compressed; null for the fastest.</summary>
    public CompressionLevel? ResponseCompressionLevel { get; set; }

    /// <summary>The interceptors that calls go through, the first one first.</summary>
    public InterceptorCollection Interceptors { get; } = [];

    internal bool MaxReceiveMessageSizeIsSet { get; private set; }

    internal bool MaxSendMessageSizeIsSet { get; private set; }
}
