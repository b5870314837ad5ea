using Google.Protobuf;
using WebChat.Actors.Telemetry;
using WebChat.V1;

namespace WebChat.Actors.Connections;

/// <summary>
/// A frame on its way to clients. However many receive it, it is encoded at most once per encoding; a race between two
/// readers encodes it twice and does no harm. Thread-safe; the frame must not be changed any more.
/// </summary>
public sealed class OutboundFrame(ServerFrame frame, bool droppable = false)
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);

    private ByteString? _binary;
    private byte[]? _json;

    /// <summary>The frame itself; not to be changed.</summary>
    public ServerFrame Frame => frame;

    /// <summary>Typing, presence, receipts and signals: the first to go when a client reads too slowly.</summary>
    public bool Droppable => droppable;

    /// <summary>Times the delivery of a message; null for other frames, and without a listener.</summary>
    public DeliveryTiming? Timing { get; init; }

    /// <summary>How many bytes the frame takes in protobuf encoding; what queues count.</summary>
    public int Size => field == 0 ? field = frame.CalculateSize() : field;

    /// <summary>The frame as binary protobuf.</summary>
    public ByteString Binary => _binary ??= frame.ToByteString();

    /// <summary>Reads a frame from its binary protobuf, which is kept.</summary>
    /// <exception cref="InvalidProtocolBufferException">The bytes are no frame.</exception>
    public static OutboundFrame Parse(ByteString binary, bool droppable = false) => new(ServerFrame.Parser.ParseFrom(binary), droppable) { _binary = binary };

    /// <summary>The frame as UTF-8 text of the canonical protobuf JSON.</summary>
    public ReadOnlyMemory<byte> Json => _json ??= System.Text.Encoding.UTF8.GetBytes(Formatter.Format(frame));
}
