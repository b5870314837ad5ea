using System.Net;
using Microsoft.Extensions.Options;
using WebChat.Actors;
using WebChat.Actors.Options;
using WebChat.Edge.Errors;
using WebChat.Edge.Limits;

namespace WebChat.Tests.Edge.Limits;

public sealed class AddressLimitsTests : IDisposable
{
    private readonly AddressLimits _limits = new(Options.Create(new LimitOptions { SignUpsPerHour = 2, LogInsPerQuarterHour = 3 }));

    public void Dispose() => _limits.Dispose();

    [Fact]
    public void The_one_too_many_is_told_when_to_come_back()
    {
        var address = IPAddress.Parse("192.0.2.1");
        _limits.TakeSignUp(address);
        _limits.TakeSignUp(address);

        var rejection = Assert.Throws<RejectedException>(() => _limits.TakeSignUp(address)).Rejection;
        Assert.Equal(ErrorCode.RateLimited, rejection.Code);
        Assert.InRange(rejection.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
    }

    [Fact]
    public void Log_ins_and_sign_ups_are_counted_apart()
    {
        var address = IPAddress.Parse("192.0.2.1");
        _limits.TakeSignUp(address);
        _limits.TakeSignUp(address);
        for (var count = 0; count < 3; count++)
            _limits.TakeLogIn(address);
        Assert.Throws<RejectedException>(() => _limits.TakeLogIn(address));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void Addresses_count_by_host(string first, string second, bool one)
    {
        _limits.TakeSignUp(IPAddress.Parse(first));
        _limits.TakeSignUp(IPAddress.Parse(first));
        Assert.Equal(one, Record.Exception(() => _limits.TakeSignUp(IPAddress.Parse(second))) is RejectedException);
    }
}
