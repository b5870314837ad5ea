using Grpc.Core;
using WebChat.Actors;
using WebChat.Edge.Errors;

namespace WebChat.Tests.Edge.Errors;

public class ErrorStatusTests
{
    [Theory]
    [InlineData(ErrorCode.InvalidArgument, StatusCode.InvalidArgument, 400)]
    [InlineData(ErrorCode.Unauthenticated, StatusCode.Unauthenticated, 401)]
    [InlineData(ErrorCode.PermissionDenied, StatusCode.PermissionDenied, 403)]
    [InlineData(ErrorCode.NotFound, StatusCode.NotFound, 404)]
    [InlineData(ErrorCode.AlreadyExists, StatusCode.AlreadyExists, 409)]
    [InlineData(ErrorCode.FailedPrecondition, StatusCode.FailedPrecondition, 400)]
    [InlineData(ErrorCode.RateLimited, StatusCode.ResourceExhausted, 429)]
    [InlineData(ErrorCode.TooLarge, StatusCode.ResourceExhausted, 429)]
    [InlineData(ErrorCode.Unavailable, StatusCode.Unavailable, 503)]
    [InlineData(ErrorCode.DeadlineExceeded, StatusCode.DeadlineExceeded, 504)]
    [InlineData(ErrorCode.Internal, StatusCode.Internal, 500)]
    public void Each_code_has_its_status_on_each_protocol(ErrorCode code, StatusCode grpc, int http)
    {
        var status = ErrorStatus.Of(code);
        Assert.Equal((grpc, http), (status.Grpc, status.Http));
    }

    [Fact]
    public void Every_code_has_a_status() =>
        Assert.All(Enum.GetValues<ErrorCode>(), code => ErrorStatus.Of(code));
}
