using System.Buffers;
using System.Buffers.Binary;
using Grpc.Core;

namespace Grpc.Net.Wire;

/// <summary>What stands before each message: one byte that says whether it is compressed, four for its length.</summary>
internal readonly record struct MessagePrefix(bool IsCompressed, uint PayloadLength)
{
    public const int Length = 5;

    /// <summary>Reads a prefix where one is there in full.</summary>
    public static bool TryRead(in ReadOnlySequence<byte> buffer, out MessagePrefix prefix)
    {
        if (buffer.Length < Length)
        {
            prefix = default;
            return false;
        }

        Span<byte> bytes = stackalloc byte[Length];
        buffer.Slice(0, Length).CopyTo(bytes);
        prefix = bytes[0] switch
        {
            0 => new(false, BinaryPrimitives.ReadUInt32BigEndian(bytes[1..])),
            1 => new(true, BinaryPrimitives.ReadUInt32BigEndian(bytes[1..])),
            _ => throw new RpcException(new Status(StatusCode.Internal, "Unexpected compressed flag value in message header.")),
        };
        return true;
    }
}
