using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>Options of a channel.</summary>
public class GrpcChannelOptions
{
    private const int DefaultMaxReceiveMessageSize = 4 * 1024 * 1024;

    /// <summary>How the channel is secured; null to go by the address.</summary>
    public ChannelCredentials? Credentials { get; set; }

    /// <summary>The longest message to send, in bytes; null, the default, for no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>The longest message to accept, in bytes, 4 MiB unless it is set; null for no limit.</summary>
    public int? MaxReceiveMessageSize { get; set; } = DefaultMaxReceiveMessageSize;

    /// <summary>The client to send requests with. Not together with <see cref="HttpHandler"/>.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>The handler to send requests with. Not together with <see cref="HttpClient"/>.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Whether disposing of the channel disposes of the <see cref="HttpClient"/> or the <see cref="HttpHandler"/> that was given.</summary>
    public bool DisposeHttpClient { get; set; }

    /// <summary>Whether a call that was cancelled, or whose deadline passed, throws <see cref="OperationCanceledException"/> rather than <see cref="RpcException"/>.</summary>
    public bool ThrowOperationCanceledOnCancellation { get; set; }

    /// <summary>Whether call credentials are sent even without TLS, where anyone on the way can read them.</summary>
    public bool UnsafeUseInsecureChannelCallCredentials { get; set; }
}
