using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Net.Wire;

/// <summary>
/// Writes messages of one stream, each behind its five bytes of prefix. A message whose length the serializer tells goes straight into the output;
/// another, or one that is compressed, by way of a buffer.
/// </summary>
internal sealed class MessageWriter<T>(Marshaller<T> marshaller, int? maxSize) : SerializationContext
{
    private IBufferWriter<byte>? _output;
    private ICompressionProvider? _compression;
    private CompressionLevel? _level;
    private PooledBuffer? _buffer;
    private int _payloadLength;
    private State _state;

    private enum State
    {
        Begun,
        Direct,
        Buffered,
        Complete,
    }

    /// <summary>Whether the last message failed after its prefix had gone into the output: nothing sensible can follow it.</summary>
    public bool IsTorn { get; private set; }

    public void Write(T message, IBufferWriter<byte> output, ICompressionProvider? compression, CompressionLevel? level)
    {
        _output = output;
        _compression = compression;
        _level = level;
        _payloadLength = -1;
        _state = State.Begun;
        try
        {
            marshaller.ContextualSerializer(message, this);
            if (_state != State.Complete)
            {
                throw new InvalidOperationException("The serializer did not complete its message.");
            }
        }
        catch
        {
            IsTorn = _state == State.Direct;
            throw;
        }
        finally
        {
            _output = null;
            _buffer?.Dispose();
            _buffer = null;
        }
    }

    public override void SetPayloadLength(int payloadLength)
    {
        if (_state != State.Begun)
        {
            throw new InvalidOperationException("The length comes before the message.");
        }

        CheckSize(payloadLength);
        _payloadLength = payloadLength;
    }

    public override IBufferWriter<byte> GetBufferWriter()
    {
        switch (_state)
        {
            case State.Begun when _payloadLength >= 0 && _compression is null:
                WritePrefix(compressed: false, _payloadLength);
                _state = State.Direct;
                return _output!;
            case State.Begun:
                _state = State.Buffered;
                return _buffer = new PooledBuffer();
            case State.Direct:
                return _output!;
            case State.Buffered:
                return _buffer!;
            default:
                throw new InvalidOperationException("The message is complete.");
        }
    }

    public override void Complete()
    {
        switch (_state)
        {
            case State.Direct:
                break;
            case State.Buffered:
                WritePayload(_buffer!.Written.Span);
                break;
            case State.Begun when _payloadLength is 0 or -1:
                WritePayload([]);
                break;
            default:
                throw new InvalidOperationException("The message is complete, or shorter than its length.");
        }

        _state = State.Complete;
    }

    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        if (_state != State.Begun)
        {
            throw new InvalidOperationException("The message is complete or begun in another way.");
        }

        WritePayload(payload);
        _state = State.Complete;
    }

    private void WritePayload(ReadOnlySpan<byte> payload)
    {
        CheckSize(payload.Length);

        // Nothing to gain of nothing; and .NET compresses it to nothing at all, which other implementations cannot unpack.
        if (_compression is null || payload.IsEmpty)
        {
            WritePrefix(compressed: false, payload.Length);
            _output!.Write(payload);
            return;
        }

        using var compressed = new MemoryStream();
        using (var stream = _compression.CreateCompressionStream(compressed, _level))
        {
            stream.Write(payload);
        }

        WritePrefix(compressed: true, (int)compressed.Length);
        _output!.Write(compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
    }

    private void WritePrefix(bool compressed, int length)
    {
        var prefix = _output!.GetSpan(MessagePrefix.Length);
        prefix[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(prefix[1..], (uint)length);
        _output.Advance(MessagePrefix.Length);
    }

    private void CheckSize(int length)
    {
        if (length > maxSize)
        {
            throw new RpcException(new Status(StatusCode.ResourceExhausted, "Sending message exceeds the maximum configured message size."));
        }
    }
}
