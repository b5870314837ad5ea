using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Net.Wire;

/// <summary>Reads the messages of one stream, where they lie in the pipe's memory.</summary>
internal sealed class MessageReader<T>(PipeReader pipe, Marshaller<T> marshaller, int? maxSize, string? encoding) : DeserializationContext
    where T : class
{
    private ReadOnlySequence<byte> _payload;

    public override int PayloadLength => (int)_payload.Length;

    public override byte[] PayloadAsNewBuffer() => _payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => _payload;

    /// <summary>The next message, or null at the end of the stream.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<T?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (result.IsCanceled)
            {
                throw new OperationCanceledException("Reading was cancelled.");
            }

            var rest = result.Buffer;
            T? message;
            try
            {
                message = TakeMessage(ref rest);
            }
            catch
            {
                // The rest of the stream is of no use, and the pipe wants each read to be answered.
                pipe.AdvanceTo(result.Buffer.End);
                throw;
            }

            if (message is not null)
            {
                pipe.AdvanceTo(rest.Start);
                return message;
            }

            pipe.AdvanceTo(rest.Start, rest.End);
            if (result.IsCompleted)
            {
                return rest.IsEmpty ? null : throw Failure("Incomplete message.");
            }
        }
    }

    /// <summary>The one message of a stream that must have exactly one.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<T> ReadSingleAsync(CancellationToken cancellationToken)
    {
        var message = await ReadAsync(cancellationToken).ConfigureAwait(false) ?? throw Failure("Incomplete message.");
        return await ReadAsync(cancellationToken).ConfigureAwait(false) is null
            ? message
            : throw Failure("Additional data after the message received.");
    }

    private static RpcException Failure(string detail) => new(new Status(StatusCode.Internal, detail));

    private static RpcException TooLarge() => new(new Status(StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size."));

    private T? TakeMessage(ref ReadOnlySequence<byte> buffer)
    {
        if (!MessagePrefix.TryRead(buffer, out var prefix))
        {
            return null;
        }

        if (prefix.PayloadLength > (maxSize ?? int.MaxValue))
        {
            throw TooLarge();
        }

        if (buffer.Length - MessagePrefix.Length < prefix.PayloadLength)
        {
            return null;
        }

        var payload = buffer.Slice(MessagePrefix.Length, prefix.PayloadLength);
        buffer = buffer.Slice(payload.End);
        return prefix.IsCompressed ? Decompress(payload) : Deserialize(payload);
    }

    private T Deserialize(in ReadOnlySequence<byte> payload)
    {
        _payload = payload;
        try
        {
            return marshaller.ContextualDeserializer(this)
                ?? throw new InvalidOperationException("The deserializer returned null.");
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw new RpcException(new Status(StatusCode.Internal, "The message cannot be parsed.", e));
        }
        finally
        {
            _payload = default;
        }
    }

    private T Decompress(in ReadOnlySequence<byte> payload)
    {
        ICompressionProvider? provider = null;
        if (encoding is null || !MessageEncodings.TryGet(encoding, out provider) || provider is null)
        {
            throw Failure(encoding is null or MessageEncodings.Identity
                ? "A compressed message came without a grpc-encoding."
                : $"The grpc-encoding '{encoding}' of a compressed message is not supported.");
        }

        var source = payload.IsSingleSegment && MemoryMarshal.TryGetArray(payload.First, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(payload.ToArray(), writable: false);
        using var decompressed = new PooledBuffer();
        using var stream = provider.CreateDecompressionStream(source);
        try
        {
            while (stream.Read(decompressed.GetSpan(4096)) is > 0 and var count)
            {
                decompressed.Advance(count);

                // Checked on the way: a small message may unpack to more than the memory holds.
                if (decompressed.Written.Length > (maxSize ?? int.MaxValue))
                {
                    throw TooLarge();
                }
            }
        }
        catch (InvalidDataException e)
        {
            throw new RpcException(new Status(StatusCode.Internal, "A compressed message cannot be unpacked.", e));
        }

        return Deserialize(new ReadOnlySequence<byte>(decompressed.Written));
    }
}
