using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Grpc.Net.Client.Calls;

namespace Grpc.Net.Client;

/// <summary>A channel to a gRPC server over HTTP/2. Making one is dear and calling over it cheap: keep it. Any thread may call over it.</summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private readonly bool _ownsInvoker;
    private readonly ConcurrentDictionary<IMethod, Uri> _addresses = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<IDisposable> _calls = [];
    private bool _disposed;

    private GrpcChannel(Uri address, GrpcChannelOptions options)
        : base(address.Authority)
    {
        if (options is { HttpClient: not null, HttpHandler: not null })
        {
            throw new ArgumentException($"{nameof(GrpcChannelOptions.HttpClient)} and {nameof(GrpcChannelOptions.HttpHandler)} exclude each other.", nameof(options));
        }

        if (address.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"The address '{address}' is neither http nor https.", nameof(address));
        }

        Address = address;
        Options = options;
        var credentials = new ChannelCredentialsReader(options.Credentials);
        credentials.Check(isSecure: address.Scheme == "https");
        CallCredentials = credentials.CallCredentials;
        _ownsInvoker = options.DisposeHttpClient || options is { HttpClient: null, HttpHandler: null };
        _invoker = options.HttpClient
            ?? new HttpMessageInvoker(options.HttpHandler ?? new SocketsHttpHandler { EnableMultipleHttp2Connections = true, AllowAutoRedirect = false }, disposeHandler: _ownsInvoker);
    }

    internal Uri Address { get; }

    internal GrpcChannelOptions Options { get; }

    /// <summary>What the channel's credentials add to each call.</summary>
    internal IReadOnlyList<CallCredentials> CallCredentials { get; }

    internal bool MaySendCallCredentials => Address.Scheme == "https" || Options.UnsafeUseInsecureChannelCallCredentials;

    /// <summary>A channel to an address such as <c>http://localhost:8081</c>.</summary>
    public static GrpcChannel ForAddress(string address) => ForAddress(new Uri(address), new GrpcChannelOptions());

    /// <summary>A channel to an address with options.</summary>
    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions) => ForAddress(new Uri(address), channelOptions);

    /// <summary>A channel to an address such as <c>http://localhost:8081</c>.</summary>
    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>A channel to an address with options.</summary>
    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        return new(address, channelOptions);
    }

    /// <inheritdoc/>
    public override CallInvoker CreateCallInvoker()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new GrpcCallInvoker(this);
    }

    /// <summary>Cancels the calls that are under way and lets go of the connections.</summary>
    public void Dispose()
    {
        IDisposable[] calls;
        lock (_calls)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            calls = [.. _calls];
        }

        foreach (var call in calls)
        {
            call.Dispose();
        }

        if (_ownsInvoker)
        {
            _invoker.Dispose();
        }
    }

    internal Uri AddressOf(IMethod method) => _addresses.GetOrAdd(method, static (m, address) => new Uri(address, m.FullName), Address);

    internal void Add(IDisposable call)
    {
        lock (_calls)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _calls.Add(call);
        }
    }

    internal void Remove(IDisposable call)
    {
        lock (_calls)
        {
            _calls.Remove(call);
        }
    }

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _invoker is HttpClient client
        ? client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
        : _invoker.SendAsync(request, cancellationToken);

    internal HttpRequestMessage CreateRequest(IMethod method) => new(HttpMethod.Post, AddressOf(method))
    {
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    /// <inheritdoc/>
    protected override Task ShutdownAsyncCore()
    {
        Dispose();
        return Task.CompletedTask;
    }
}
