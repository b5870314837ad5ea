using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Net.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>
/// A call under way. Its response may be touched by the service and, when the deadline passes, by a timer: who writes takes the turn first,
/// and after the end nobody gets it.
/// </summary>
internal sealed class GrpcCallContext(HttpContext http, IMethod method, CallHandlingOptions options, ILogger logger) : ServerCallContext, IDisposable
{
    private const int Http2Cancel = 8;
    private const int TurnFree = 0;
    private const int TurnTaken = 1;
    private const int TurnOver = 2;

    private Metadata? _requestHeaders;
    private Metadata? _responseTrailers;
    private AuthContext? _authContext;
    private Status _status = Status.DefaultSuccess;
    private DateTime _deadline = DateTime.MaxValue;
    private DeadlineTimer? _deadlineTimer;
    private CancellationTokenSource? _cancellation;
    private ICompressionProvider? _responseCompression;
    private TaskCompletionSource? _endedByDeadline;
    private CancellationToken? _token;
    private int _turn;
    private volatile bool _deadlinePassed;
    private bool _headersSent;
    private bool _messageWritten;
    private bool _isTorn;

    public HttpContext HttpContext => http;

    /// <summary>The encoding of the client's compressed messages, or null.</summary>
    public string? RequestEncoding { get; private set; }

    /// <summary>The write that waits for the client to read, or the last one that did.</summary>
    public Task? PendingWrite { get; set; }

    protected override string MethodCore => method.FullName;

    protected override string HostCore => http.Request.Host.Value ?? "";

    protected override string PeerCore => http.Connection.RemoteIpAddress switch
    {
        null => "unknown",
        { AddressFamily: AddressFamily.InterNetwork } v4 => $"ipv4:{v4}:{http.Connection.RemotePort}",
        var v6 => $"ipv6:[{v6}]:{http.Connection.RemotePort}",
    };

    protected override DateTime DeadlineCore => _deadline;

    protected override Metadata RequestHeadersCore => _requestHeaders ??= ReadHeaders();

    protected override CancellationToken CancellationTokenCore => _token ?? http.RequestAborted;

    protected override Metadata ResponseTrailersCore => _responseTrailers ??= [];

    protected override Status StatusCore
    {
        get => _status;
        set => _status = value;
    }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => _authContext ??= ReadCertificate();

    /// <summary>Reads the protocol's headers and starts the clock.</summary>
    public void Begin()
    {
        var request = http.Request.Headers;
        var response = http.Response;
        response.ContentType = GrpcContentType.Value;

        if (request.GrpcEncoding is [{ } encoding, ..])
        {
            if (!MessageEncodings.TryGet(encoding, out _))
            {
                response.Headers.GrpcAcceptEncoding = MessageEncodings.Accepted;
                throw new RpcException(new Status(StatusCode.Unimplemented, $"Unsupported grpc-encoding value '{encoding}'. Supported encodings: {MessageEncodings.Accepted}"));
            }

            RequestEncoding = encoding;
        }

        if (options.ResponseCompression is { } compression)
        {
            CompressWith(compression);
        }

        // Last: from here on a timer may write the response.
        if (request.GrpcTimeout is [{ } timeout, ..])
        {
            BeginDeadline(timeout);
        }
    }

    /// <summary>Takes the turn to write, or says why not.</summary>
    public bool TryBeginWrite([NotNullWhen(false)] out InvalidOperationException? error)
    {
        error = null;
        if (CancellationToken.IsCancellationRequested)
        {
            error = new("Can't write the message because the request is complete.");
            return false;
        }

        error = Interlocked.CompareExchange(ref _turn, TurnTaken, TurnFree) switch
        {
            TurnFree => null,
            TurnTaken => new("Can't write the message because the previous write is in progress."),
            _ => new("Can't write the message because the request is complete."),
        };
        return error is null;
    }

    public void EndWrite() => Interlocked.CompareExchange(ref _turn, TurnFree, TurnTaken);

    /// <summary>Puts a message into the response, without flushing. The caller has the turn.</summary>
    public void Write<T>(MessageWriter<T> writer, T message, WriteOptions? writeOptions)
    {
        var isPlain = _responseCompression is null || (writeOptions?.Flags & WriteFlags.NoCompress) is WriteFlags.NoCompress;
        try
        {
            writer.Write(message, http.Response.BodyWriter, isPlain ? null : _responseCompression, options.ResponseCompressionLevel);
            _messageWritten = true;
        }
        catch when (writer.IsTorn)
        {
            _isTorn = true;
            throw;
        }
    }

    /// <summary>Puts the one response of a call that has one, unless the service set an error instead. It is sent together with the status.</summary>
    public void WriteOnly<T>(MessageWriter<T> writer, T message)
    {
        if (message is null)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "No message returned from method."));
        }

        if (_status.StatusCode == StatusCode.OK && TryBeginWrite(out _))
        {
            try
            {
                Write(writer, message, WriteOptions);
            }
            finally
            {
                EndWrite();
            }
        }
    }

    /// <summary>Ends the stream at once without a status.</summary>
    public void Reset()
    {
        if (http.Features.Get<IHttpResetFeature>() is { } reset)
        {
            reset.Reset(Http2Cancel);
        }
        else
        {
            http.Abort();
        }
    }

    /// <summary>Makes an exception the call's status.</summary>
    public void Fail(Exception exception)
    {
        if (exception is RpcException rpc)
        {
            CallLog.Rejected(logger, method.FullName, rpc.StatusCode, rpc.Status.Detail);
            foreach (var entry in rpc.Trailers)
            {
                ResponseTrailers.Add(entry);
            }

            _status = rpc.Status;
        }
        else if (_deadlinePassed)
        {
            _status = new Status(StatusCode.DeadlineExceeded, "", exception);
        }
        else if (CancellationToken.IsCancellationRequested || http.RequestAborted.IsCancellationRequested)
        {
            CallLog.Cancelled(logger, method.FullName);
            _status = new Status(StatusCode.Cancelled, "The call was cancelled.", exception);
        }
        else if (exception is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            _status = new Status(StatusCode.ResourceExhausted, "The request is larger than the server accepts.", exception);
        }
        else
        {
            CallLog.HandlerFailed(logger, exception, method.FullName);
            var detail = options.EnableDetailedErrors ? $"Exception was thrown by handler. {Describe(exception)}" : "Exception was thrown by handler.";
            _status = new Status(StatusCode.Unknown, detail, exception);
        }
    }

    /// <summary>Ends the call with its status, unless the deadline has ended it.</summary>
    public async Task EndAsync()
    {
        _deadlineTimer?.Dispose();
        while (true)
        {
            switch (Interlocked.CompareExchange(ref _turn, TurnOver, TurnFree))
            {
                case TurnFree:
                    await WriteStatusAsync();
                    return;

                case TurnTaken:
                    // The service left a write behind; the status follows it.
                    await WrittenAsync();
                    break;

                default:
                    await _endedByDeadline!.Task;
                    return;
            }
        }
    }

    public void Dispose()
    {
        _deadlineTimer?.Dispose();
        _cancellation?.Dispose();
    }

    protected override async Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        if (!TryBeginWrite(out var error))
        {
            throw error;
        }

        try
        {
            if (_headersSent || _messageWritten || http.Response.HasStarted)
            {
                throw new InvalidOperationException("Response headers can only be sent once per call.");
            }

            _headersSent = true;
            foreach (var entry in responseHeaders)
            {
                if (entry.Key == HeaderNames.EncodingRequest)
                {
                    ChooseEncoding(entry.Value);
                }
                else
                {
                    http.Response.Headers.Append(entry.Key, BinaryHeader.Encode(entry));
                }
            }

            await http.Response.BodyWriter.FlushAsync();
        }
        finally
        {
            EndWrite();
        }
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotImplementedException("Deadlines and cancellation are passed on by the options of the calls that a service makes.");

    private static string Describe(Exception exception)
    {
        var text = new StringBuilder();
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            text.Append(text.Length > 0 ? " " : "").Append(e.GetType().Name).Append(": ").Append(e.Message);
        }

        return text.ToString();
    }

    private void BeginDeadline(string header)
    {
        if (!TimeoutHeader.TryDecode(header, out var timeout))
        {
            CallLog.BadTimeout(logger, method.FullName, header);
            return;
        }

        var now = DateTime.UtcNow;
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        _token = _cancellation.Token;
        _endedByDeadline = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _deadline = timeout < DateTime.MaxValue - now ? now + timeout : DateTime.MaxValue;
        if (_deadline < DateTime.MaxValue)
        {
            _deadlineTimer = new DeadlineTimer(_deadline, OnDeadline);
        }
    }

    private void OnDeadline()
    {
        CallLog.DeadlineExceeded(logger, method.FullName);
        _deadlinePassed = true;
        switch (Interlocked.CompareExchange(ref _turn, TurnOver, TurnFree))
        {
            case TurnFree:
                _ = EndByDeadlineAsync();
                break;

            case TurnTaken:
                // A client that stopped reading must not hold the service in its write.
                Reset();
                break;
        }

        try
        {
            _cancellation!.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call has ended in this very moment.
        }
        catch (AggregateException e)
        {
            // Thrown by what the service hung on its token; on a timer's thread it would end the process.
            CallLog.HandlerFailed(logger, e, method.FullName);
        }
    }

    private async Task EndByDeadlineAsync()
    {
        try
        {
            await WriteStatusAsync();
            await http.Response.CompleteAsync();
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            CallLog.EndFailed(logger, e, method.FullName);
        }
        finally
        {
            _endedByDeadline!.SetResult();
        }
    }

    private async Task WrittenAsync()
    {
        try
        {
            await (PendingWrite ?? Task.CompletedTask);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            CallLog.EndFailed(logger, e, method.FullName);
        }

        await Task.Yield();
    }

    private async Task WriteStatusAsync()
    {
        if (_isTorn)
        {
            Reset();
            return;
        }

        if (_deadlinePassed)
        {
            _status = new Status(StatusCode.DeadlineExceeded, "Deadline Exceeded", _status.DebugException);
        }

        var response = http.Response;
        if (_status.StatusCode == StatusCode.OK && !_messageWritten && !response.HasStarted)
        {
            // A success is headers and trailers, even without messages in between; an error may be headers alone.
            await response.StartAsync();
        }

        var trailers = _messageWritten || response.HasStarted ? http.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers : response.Headers;
        trailers.GrpcStatus = StatusText.OfCode(_status.StatusCode);
        if (!string.IsNullOrEmpty(_status.Detail))
        {
            trailers.GrpcMessage = StatusText.Encode(_status.Detail);
        }

        if (_responseTrailers is not null)
        {
            foreach (var entry in _responseTrailers)
            {
                trailers.Append(entry.Key, BinaryHeader.Encode(entry));
            }
        }
    }

    private void ChooseEncoding(string name)
    {
        if (!MessageEncodings.TryGet(name, out var compression))
        {
            throw new InvalidOperationException($"The response encoding '{name}' is not known: {MessageEncodings.Accepted}.");
        }

        _responseCompression = null;
        http.Response.Headers.GrpcEncoding = default;
        if (compression is not null)
        {
            CompressWith(compression);
        }
    }

    private void CompressWith(ICompressionProvider compression)
    {
        if (MessageEncodings.Accepts(http.Request.Headers.GrpcAcceptEncoding, compression.EncodingName))
        {
            _responseCompression = compression;
            http.Response.Headers.GrpcEncoding = compression.EncodingName;
        }
    }

    private Metadata ReadHeaders()
    {
        var metadata = new Metadata();
        foreach (var (name, values) in http.Request.Headers)
        {
            if (!HeaderNames.IsOfProtocol(name))
            {
                foreach (var value in values)
                {
                    BinaryHeader.AddTo(metadata, name, value ?? "");
                }
            }
        }

        return metadata;
    }

    private AuthContext ReadCertificate()
    {
        if (http.Connection.ClientCertificate is not { } certificate)
        {
            return new AuthContext(null, []);
        }

        const string CommonName = "x509_common_name";
        return new AuthContext(CommonName, new()
        {
            [CommonName] = [AuthProperty.Create(CommonName, Encoding.UTF8.GetBytes(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)))],
        });
    }
}
