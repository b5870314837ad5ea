using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Net.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>A call under way.</summary>
internal sealed class GrpcCall<TRequest, TResponse> : GrpcCall
    where TRequest : class
    where TResponse : class
{
    private readonly Method<TRequest, TResponse> _method;
    private readonly ICompressionProvider? _compression;
    private MessageReader<TResponse>? _reader;
    private HttpResponseMessage? _response;

    public GrpcCall(GrpcChannel channel, Method<TRequest, TResponse> method, string? host, in CallOptions options)
        : base(channel, method, host, options)
    {
        _method = method;
        if (options.Headers?.GetValue(HeaderNames.EncodingRequest) is { } encoding && !MessageEncodings.TryGet(encoding, out _compression))
        {
            Cancel(new Status(StatusCode.Internal, $"Could not find compression provider for '{encoding}'."));
        }
    }

    public MessageWriter<TRequest> NewWriter() => new(_method.RequestMarshaller, ChannelOptions.MaxSendMessageSize);

    /// <summary>The body of a request of one message; null when the message cannot be written, which ends the call.</summary>
    public MessageContent? ContentOf(TRequest request)
    {
        // Not rented: HTTP may send the request a second time, so that nobody knows when to give it back.
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            Write(NewWriter(), request, buffer, Options.WriteOptions);
            return new MessageContent(buffer.WrittenMemory);
        }
        catch (Exception e)
        {
            Fail(e);
            return null;
        }
    }

    public void Write(MessageWriter<TRequest> writer, TRequest message, IBufferWriter<byte> buffer, WriteOptions? options)
    {
        var isPlain = _compression is null || (options?.Flags & WriteFlags.NoCompress) is WriteFlags.NoCompress;
        writer.Write(message, buffer, isPlain ? null : _compression, null);
    }

    /// <summary>The one response of a call that has one.</summary>
    public async Task<TResponse> ReadOnlyAsync()
    {
        try
        {
            if (await ReaderAsync().ConfigureAwait(false) is { } reader)
            {
                var message = await reader.ReadAsync(CancellationToken).ConfigureAwait(false);
                if (message is not null && await reader.ReadAsync(CancellationToken).ConfigureAwait(false) is not null)
                {
                    throw new RpcException(new Status(StatusCode.Internal, "Unexpected data after finished reading message."));
                }

                EndByTrailers(_response!);
                ThrowIfFailed();
                if (message is not null)
                {
                    return message;
                }
            }

            ThrowIfFailed();
        }
        catch (Exception e)
        {
            throw Fail(e);
        }

        throw new RpcException(new Status(StatusCode.Internal, "Failed to deserialize response message: there is none."));
    }

    /// <summary>The next response, or null at the end of a call that went well.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<TResponse?> ReadNextAsync(CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(static call => ((GrpcCall)call!).Cancel(), this).ConfigureAwait(false);
        try
        {
            if ((_reader ?? await ReaderAsync().ConfigureAwait(false)) is { } reader)
            {
                if (await reader.ReadAsync(CancellationToken).ConfigureAwait(false) is { } message)
                {
                    return message;
                }

                EndByTrailers(_response!);
            }

            ThrowIfFailed();
            return null;
        }
        catch (Exception e)
        {
            throw Fail(e);
        }
    }

    /// <summary>What reads the response's messages; null when the call has ended without any.</summary>
    private async ValueTask<MessageReader<TResponse>?> ReaderAsync()
    {
        _response = await ResponseAsync().ConfigureAwait(false);
        if (_response is null || FailureStatus.First(_response.Headers, HeaderNames.Status) is not null || CancellationToken.IsCancellationRequested)
        {
            return null;
        }

        var stream = await _response.Content.ReadAsStreamAsync(CancellationToken).ConfigureAwait(false);
        return _reader = new MessageReader<TResponse>(
            PipeReader.Create(stream, new StreamPipeReaderOptions(useZeroByteReads: true)),
            _method.ResponseMarshaller,
            ChannelOptions.MaxReceiveMessageSize,
            FailureStatus.First(_response.Headers, HeaderNames.Encoding));
    }
}
