using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Net.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>A call under way, without its message types. It ends once, with the first status that it is given.</summary>
internal abstract class GrpcCall : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Lock _lock = new();
    private CancellationTokenRegistration _cancellationByCaller;
    private DeadlineTimer? _deadlineTimer;
    private HttpResponseMessage? _response;
    private Task<HttpResponseMessage?>? _sending;
    private Status _status;
    private Metadata _trailers = Metadata.Empty;
    private bool _ended;

    protected GrpcCall(GrpcChannel channel, IMethod method, string? host, in CallOptions options)
    {
        if (options.Deadline is { Kind: not DateTimeKind.Utc } deadline && deadline != DateTime.MaxValue && deadline != DateTime.MinValue)
        {
            throw new InvalidOperationException($"The deadline must be in UTC (DateTimeKind.Utc), or DateTime.MaxValue, or DateTime.MinValue; it is {deadline.Kind}.");
        }

        _channel = channel;
        Method = method;
        Host = host;
        Options = options;
        CancellationToken = _cancellation.Token;
        channel.Add(this);
    }

    /// <summary>Cancelled when the call ends before its response does.</summary>
    public CancellationToken CancellationToken { get; }

    public WriteOptions? WriteOptions => Options.WriteOptions;

    public StreamingContent? StreamingContent { get; private set; }

    protected GrpcChannelOptions ChannelOptions => _channel.Options;

    protected CallOptions Options { get; }

    protected IMethod Method { get; }

    private string? Host { get; }

    private bool HasEnded
    {
        get
        {
            lock (_lock)
            {
                return _ended;
            }
        }
    }

    public StreamingContent NewStreamingContent() => StreamingContent = new StreamingContent();

    /// <summary>Sends the request; a call that fails at once has ended when this returns. Null content: the message could not be written.</summary>
    public void Begin(HttpContent? content)
    {
        if (content is null)
        {
            _sending = Task.FromResult<HttpResponseMessage?>(null);
            return;
        }

        if (Options.Deadline is { } deadline && deadline != DateTime.MaxValue)
        {
            if (deadline <= DateTime.UtcNow)
            {
                End(new Status(StatusCode.DeadlineExceeded, ""));
            }
            else
            {
                _deadlineTimer = new DeadlineTimer(deadline, () => Cancel(new Status(StatusCode.DeadlineExceeded, "")));
            }
        }

        _cancellationByCaller = Options.CancellationToken.UnsafeRegister(static call => ((GrpcCall)call!).Cancel(), this);
        _sending = SendAsync(content);
        if (HasEnded)
        {
            // Ended while it was being set up: what End could not see yet.
            Release();
        }
    }

    public void Cancel() => Cancel(new Status(StatusCode.Cancelled, "Call canceled by the client."));

    public void Dispose() => Cancel(new Status(StatusCode.Cancelled, "gRPC call disposed."));

    public async Task<Metadata> ResponseHeadersAsync() => MetadataOf((await ResponseAsync().ConfigureAwait(false) ?? throw Failure()).Headers);

    public Status GetStatus()
    {
        lock (_lock)
        {
            return _ended ? _status : throw new InvalidOperationException("Unable to get the status because the call is not complete.");
        }
    }

    public Metadata GetTrailers()
    {
        lock (_lock)
        {
            return _ended ? _trailers : throw new InvalidOperationException("Can't get the call trailers because the call has not completed successfully.");
        }
    }

    public void ThrowIfFailed()
    {
        lock (_lock)
        {
            if (!_ended || _status.StatusCode == StatusCode.OK)
            {
                return;
            }
        }

        throw Failure();
    }

    public void ThrowIfEnded()
    {
        ThrowIfFailed();
        if (HasEnded)
        {
            throw new InvalidOperationException("Can't write the message because the call is complete.");
        }
    }

    /// <summary>What a write throws whose stream broke: the call's status where the call has ended. Otherwise the response is still to be read.</summary>
    public async Task<Exception> EndOfWriteAsync(Exception exception)
    {
        await _sending!.ConfigureAwait(false);
        if (!HasEnded)
        {
            return new RpcException(FailureStatus.Of(exception));
        }

        return GetStatus().StatusCode == StatusCode.OK
            ? new InvalidOperationException("Can't write the message because the call is complete.", exception)
            : Failure();
    }

    /// <summary>The response, or null where the call has failed before it came.</summary>
    protected Task<HttpResponseMessage?> ResponseAsync() => _sending!;

    /// <summary>Ends the call by an exception and gives what its caller is to be thrown.</summary>
    protected Exception Fail(Exception exception)
    {
        Cancel(FailureStatus.Of(exception));
        return Failure();
    }

    /// <summary>Ends the call with the status in its trailers, when its response has been read to the end.</summary>
    protected void EndByTrailers(HttpResponseMessage response)
    {
        if (!FailureStatus.TryRead(response.TrailingHeaders, out var status))
        {
            status = new Status(StatusCode.Cancelled, "No grpc-status found on response.");
        }

        End(status, MetadataOf(response.TrailingHeaders));
    }

    protected bool End(Status status, Metadata? trailers = null)
    {
        lock (_lock)
        {
            if (_ended)
            {
                return false;
            }

            _status = status;
            _trailers = trailers ?? Metadata.Empty;
            _ended = true;
        }

        Release();
        return true;
    }

    protected void Cancel(Status status)
    {
        if (End(status))
        {
            _cancellation.Cancel();

            // The response's stream is not bound to the token that the request was sent with.
            _response?.Dispose();
        }
    }

    protected Exception Failure()
    {
        Status status;
        Metadata trailers;
        lock (_lock)
        {
            status = _status;
            trailers = _trailers;
        }

        var failure = new RpcException(status, trailers);
        if (ChannelOptions.ThrowOperationCanceledOnCancellation && status.StatusCode is StatusCode.Cancelled or StatusCode.DeadlineExceeded)
        {
            return new OperationCanceledException(status.Detail, failure, Options.CancellationToken);
        }

        return failure;
    }

    private static Metadata MetadataOf(HttpHeaders headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers.NonValidated)
        {
            if (!HeaderNames.IsOfProtocol(name))
            {
                foreach (var value in values)
                {
                    BinaryHeader.AddTo(metadata, name, value);
                }
            }
        }

        return metadata;
    }

    private void Release()
    {
        _cancellationByCaller.Unregister();
        _deadlineTimer?.Dispose();
        StreamingContent?.EndWithCall(GetStatus().StatusCode == StatusCode.OK);
        _channel.Remove(this);
    }

    private async Task<HttpResponseMessage?> SendAsync(HttpContent content)
    {
        if (HasEnded)
        {
            return null;
        }

        try
        {
            var request = _channel.CreateRequest(Method);
            request.Content = content;
            AddHeaders(request.Headers);
            if (Options.Credentials is not null || _channel.CallCredentials.Count > 0)
            {
                await AddCredentialsAsync(request.Headers).ConfigureAwait(false);
            }

            var response = await _channel.SendAsync(request, CancellationToken).ConfigureAwait(false);
            _response = response;
            if (FailureStatus.TryRead(response.Headers, out var status))
            {
                End(status, MetadataOf(response.Headers));
            }
            else if (FailureStatus.Of(response) is { } failure)
            {
                Cancel(failure);
            }
            else if (CancellationToken.IsCancellationRequested)
            {
                response.Dispose();
            }

            return response;
        }
        catch (Exception e)
        {
            Cancel(FailureStatus.Of(e));
            return null;
        }
    }

    private void AddHeaders(HttpRequestHeaders headers)
    {
        headers.Host = Host;
        headers.TryAddWithoutValidation("te", "trailers");
        headers.TryAddWithoutValidation("user-agent", "grpc-dotnet");
        headers.TryAddWithoutValidation(HeaderNames.AcceptEncoding, MessageEncodings.Accepted);
        if (Options.Deadline is { } deadline && deadline != DateTime.MaxValue)
        {
            headers.TryAddWithoutValidation(HeaderNames.Timeout, TimeoutHeader.Encode(deadline - DateTime.UtcNow));
        }

        if (Options.Headers is { } metadata)
        {
            AddMetadata(headers, metadata);
        }
    }

    private static void AddMetadata(HttpRequestHeaders headers, Metadata metadata)
    {
        for (var i = 0; i < metadata.Count; i++)
        {
            var entry = metadata[i];
            headers.TryAddWithoutValidation(entry.Key == HeaderNames.EncodingRequest ? HeaderNames.Encoding : entry.Key, BinaryHeader.Encode(entry));
        }
    }

    private async Task AddCredentialsAsync(HttpRequestHeaders headers)
    {
        if (!_channel.MaySendCallCredentials)
        {
            return;
        }

        IEnumerable<CallCredentials> credentials = Options.Credentials is { } own ? [.. _channel.CallCredentials, own] : _channel.CallCredentials;
        var context = new AuthInterceptorContext(new Uri(_channel.Address, "/" + Method.ServiceName).ToString(), Method.Name, CancellationToken);
        AddMetadata(headers, await CallCredentialsReader.AskAsync(credentials, context).ConfigureAwait(false));
    }
}
