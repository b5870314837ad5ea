using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Google.Protobuf;
using WebChat.Actors.Connections;
using WebChat.Edge.Limits;
using WebChat.Edge.Sessions;
using WebChat.V1;

namespace WebChat.Tests.Edge.Sessions;

public class FrameCodecTests
{
    private static readonly ClientFrame Frame = new()
    {
        Id = "7",
        Hello = new() { AccessToken = "token", SessionId = "session", Cursors = { ["room"] = long.MaxValue } },
    };

    [Fact]
    public void A_frame_is_read_in_both_encodings()
    {
        Assert.Equal(Frame, FrameCodec.ReadBinary(new(Frame.ToByteArray())).Frame);
        Assert.Equal(Frame, Json(JsonFormatter.Default.Format(Frame)).Frame);
    }

    [Fact]
    public void Numbers_of_64_bits_are_read_as_text_and_as_numbers() =>
        Assert.Equal(
            Json("""{"read": {"roomId": "r", "seq": "12"}}""").Frame,
            Json("""{"read": {"room_id": "r", "seq": 12}}""").Frame);

    [Fact]
    public void Unknown_fields_are_ignored()
    {
        var frame = Json("""{"id": "1", "dance": {"style": "tango"}}""").Frame;
        Assert.Equal(("1", ClientFrame.BodyOneofCase.None), (frame!.Id, frame.BodyCase));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("""{"id": 7}""")]
    [InlineData("""{"ping": {}, "join": {}}""")]
    [InlineData("""{"read": {"seq": "1e400"}}""")]
    [InlineData("""{"hello": {"cursors": {"r": null}}}""")]
    [InlineData("""{"id": "\ud800"}""")]
    public void A_malformed_frame_is_unreadable(string json) => Assert.Equal(CloseCode.Unreadable, Fault(Json(json)));

    [Fact]
    public void JSON_that_is_not_UTF_8_is_unreadable() =>
        Assert.Equal(CloseCode.Unreadable, Fault(FrameCodec.ReadJson([(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}'])));

    [Fact]
    public void Too_deeply_nested_JSON_is_unreadable() =>
        Assert.Equal(CloseCode.Unreadable, Fault(Json(string.Concat(Enumerable.Repeat("""{"a":""", 2_000)))));

    [Fact]
    public void A_frame_has_at_most_64_KiB()
    {
        var json = """{"id":"1","ping":{}}""";
        Assert.NotNull(Json(json.PadRight(SizeLimits.Frame)).Frame);
        Assert.Equal(CloseCode.TooLarge, Fault(Json(json.PadRight(SizeLimits.Frame + 1))));

        var binary = new ClientFrame { Id = new string('a', SizeLimits.Frame - 4) }.ToByteArray();
        Assert.Equal(SizeLimits.Frame, binary.Length);
        Assert.NotNull(FrameCodec.ReadBinary(new(binary)).Frame);
        Assert.Equal(CloseCode.TooLarge, Fault(FrameCodec.ReadBinary(new(new byte[SizeLimits.Frame + 1]))));
    }

    [Property]
    public void Any_bytes_are_either_a_frame_or_unreadable(byte[] bytes)
    {
        Assert.True(FrameCodec.ReadBinary(new(bytes)) is { Frame: not null } or { Fault: CloseCode.Unreadable });
        Assert.True(FrameCodec.ReadJson(bytes) is { Frame: not null } or { Fault: CloseCode.Unreadable });
    }

    [Property]
    public Property A_damaged_frame_is_a_frame_or_unreadable() => Prop.ForAll(
        Gen.Choose(0, 200).ToArbitrary(),
        Gen.Choose(0, 255).ToArbitrary(),
        (at, value) =>
        {
            var json = Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(Frame));
            json[at % json.Length] = (byte)value;
            var binary = Frame.ToByteArray();
            binary[at % binary.Length] = (byte)value;
            return FrameCodec.ReadJson(json) is { Frame: not null } or { Fault: CloseCode.Unreadable }
                && FrameCodec.ReadBinary(new ReadOnlySequence<byte>(binary)) is { Frame: not null } or { Fault: CloseCode.Unreadable };
        });

    private static InboundFrame Json(string text) => FrameCodec.ReadJson(Encoding.UTF8.GetBytes(text));

    private static CloseCode? Fault(InboundFrame frame) => frame.Frame is null ? frame.Fault : null;
}
