using System.Text;
using Grpc.Core;
using WebChat.Actors.Connections;
using WebChat.Edge.Sessions;

namespace WebChat.Tests.Edge.Sessions;

public class CloseReasonTests
{
    [Theory]
    [InlineData(CloseCode.GoingAway, StatusCode.Unavailable)]
    [InlineData(CloseCode.Internal, StatusCode.Unavailable)]
    [InlineData(CloseCode.TooSlow, StatusCode.Unavailable)]
    [InlineData(CloseCode.Flooding, StatusCode.ResourceExhausted)]
    [InlineData(CloseCode.TooLarge, StatusCode.ResourceExhausted)]
    [InlineData(CloseCode.Unreadable, StatusCode.InvalidArgument)]
    [InlineData(CloseCode.Unauthenticated, StatusCode.Unauthenticated)]
    [InlineData(CloseCode.Banned, StatusCode.PermissionDenied)]
    [InlineData(CloseCode.Replaced, StatusCode.Aborted)]
    [InlineData(CloseCode.Normal, StatusCode.OK)]
    public void A_close_code_ends_a_stream_with_the_matching_status(CloseCode code, StatusCode status) => Assert.Equal(status, CloseReason.Of(code).Grpc);

    [Fact]
    public void Every_close_code_has_a_text_that_fits_into_a_close_frame() =>
        Assert.All(Enum.GetValues<CloseCode>(), code => Assert.InRange(Encoding.UTF8.GetByteCount(CloseReason.Of(code).Words), 1, 123));
}
