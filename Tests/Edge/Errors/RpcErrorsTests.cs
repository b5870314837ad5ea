using Google.Rpc;
using WebChat.Actors;
using WebChat.Edge.Errors;

namespace WebChat.Tests.Edge.Errors;

public class RpcErrorsTests
{
    [Fact]
    public void A_status_carries_the_code_the_field_and_the_retry_time()
    {
        var status = RpcErrors.ToStatus(new(ErrorCode.RateLimited, "Too many frames.", "text", TimeSpan.FromMilliseconds(1_500)));

        Assert.Equal(((int)Code.ResourceExhausted, "Too many frames."), (status.Code, status.Message));
        Assert.Equal(new ErrorInfo { Reason = "RATE_LIMITED", Domain = "webchat" }, status.GetDetail<ErrorInfo>());
        Assert.Equal(
            new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = "text", Description = "Too many frames." } } },
            status.GetDetail<BadRequest>());
        Assert.Equal(TimeSpan.FromMilliseconds(1_500), status.GetDetail<RetryInfo>().RetryDelay.ToTimeSpan());
    }

    [Fact]
    public void A_status_has_only_the_details_of_the_rejection()
    {
        var status = RpcErrors.ToStatus(new(ErrorCode.NotFound, "Unknown room."));

        Assert.Equal("NOT_FOUND", status.GetDetail<ErrorInfo>().Reason);
        Assert.Single(status.Details);
    }
}
