using WebChat.Actors.Connections;
using WebChat.V1;

namespace WebChat.Edge.Sessions;

/// <summary>What came from a client: a frame, or something that is none.</summary>
public sealed class InboundFrame
{
    private InboundFrame(ClientFrame? frame, CloseCode fault)
    {
        Frame = frame;
        Fault = fault;
    }

    /// <summary>Larger than a frame may be.</summary>
    public static InboundFrame TooLarge { get; } = new(null, CloseCode.TooLarge);

    /// <summary>Not in the encoding that was agreed on.</summary>
    public static InboundFrame Unreadable { get; } = new(null, CloseCode.Unreadable);

    /// <summary>The frame; null if it is none.</summary>
    public ClientFrame? Frame { get; }

    /// <summary>The code that the transport closes with, if this is no frame.</summary>
    public CloseCode Fault { get; }

    public static InboundFrame Of(ClientFrame frame) => new(frame, default);
}
