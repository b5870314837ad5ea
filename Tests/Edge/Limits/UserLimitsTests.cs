using Microsoft.Extensions.Options;
using WebChat.Actors;
using WebChat.Actors.Options;
using WebChat.Actors.Users;
using WebChat.Edge.Errors;
using WebChat.Edge.Limits;

namespace WebChat.Tests.Edge.Limits;

public sealed class UserLimitsTests : IDisposable
{
    private readonly UserLimits _limits = new(Options.Create(new LimitOptions { MessageBurst = 2, MessagesPerSecond = 1 }));
    private readonly UserId _ann = UserId.New(DateTimeOffset.UnixEpoch);

    public void Dispose() => _limits.Dispose();

    [Fact]
    public void Each_user_has_a_burst_and_is_then_told_when_to_come_back()
    {
        _limits.Take(_ann);
        _limits.Take(_ann);

        var rejection = Assert.Throws<RejectedException>(() => Enumerable.Repeat(_ann, 1_000).ToList().ForEach(_limits.Take)).Rejection;
        Assert.Equal(ErrorCode.RateLimited, rejection.Code);
        Assert.InRange(rejection.RetryAfter!.Value, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
        _limits.Take(UserId.New(DateTimeOffset.UnixEpoch));
    }
}
