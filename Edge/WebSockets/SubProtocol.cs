using System.Buffers;
using System.Net.WebSockets;
using WebChat.Actors.Connections;
using WebChat.Edge.Sessions;

namespace WebChat.Edge.WebSockets;

/// <summary>An encoding of frames, under the name by which a client asks for it.</summary>
public sealed class SubProtocol
{
    private SubProtocol(string name, WebSocketMessageType messageType)
    {
        Name = name;
        MessageType = messageType;
    }

    /// <summary>Canonical protobuf JSON in text messages.</summary>
    public static SubProtocol Json { get; } = new("webchat.v1.json", WebSocketMessageType.Text);

    /// <summary>Protobuf in binary messages.</summary>
    public static SubProtocol Proto { get; } = new("webchat.v1.proto", WebSocketMessageType.Binary);

    /// <summary>As in the <c>Sec-WebSocket-Protocol</c> header.</summary>
    public string Name { get; }

    /// <summary>The only kind of message that carries frames of this encoding.</summary>
    public WebSocketMessageType MessageType { get; }

    /// <summary>The first of the client's wishes that can be met: JSON if it has none, null if none can be met.</summary>
    public static SubProtocol? Choose(IList<string> wishes) =>
        wishes.Count == 0 ? Json : wishes.Select(wish => wish == Json.Name ? Json : wish == Proto.Name ? Proto : null).FirstOrDefault(known => known is not null);

    /// <summary>Reads what a message says.</summary>
    public InboundFrame Read(WebSocketMessageType type, ReadOnlyMemory<byte> message) =>
        type != MessageType ? InboundFrame.Unreadable
        : this == Json ? FrameCodec.ReadJson(message.Span)
        : FrameCodec.ReadBinary(new ReadOnlySequence<byte>(message));

    /// <summary>The bytes of a frame, encoded once for all receivers.</summary>
    public ReadOnlyMemory<byte> Write(OutboundFrame frame) => this == Json ? frame.Json : frame.Binary.Memory;
}
