using System.Buffers;
using System.Text;
using Google.Protobuf;
using WebChat.Edge.Limits;
using WebChat.V1;

namespace WebChat.Edge.Sessions;

/// <summary>
/// Reads the frames of clients. Fields that this server does not know are passed over, so that a newer client can talk to
/// it; a frame of an unknown kind thus has no body.
/// </summary>
public static class FrameCodec
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the canonical protobuf JSON of a frame.</summary>
    public static InboundFrame ReadJson(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > SizeLimits.Frame)
            return InboundFrame.TooLarge;
        try
        {
            return InboundFrame.Of(Parser.Parse<ClientFrame>(StrictUtf8.GetString(utf8)));
        }
        catch (Exception unreadable) when (unreadable is InvalidProtocolBufferException or InvalidJsonException or DecoderFallbackException)
        {
            return InboundFrame.Unreadable;
        }
    }

    /// <summary>Reads a frame in protobuf.</summary>
    public static InboundFrame ReadBinary(ReadOnlySequence<byte> bytes)
    {
        if (bytes.Length > SizeLimits.Frame)
            return InboundFrame.TooLarge;
        try
        {
            return InboundFrame.Of(ClientFrame.Parser.ParseFrom(bytes));
        }
        catch (InvalidProtocolBufferException)
        {
            return InboundFrame.Unreadable;
        }
    }
}
