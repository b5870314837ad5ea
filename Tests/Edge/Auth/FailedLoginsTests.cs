using Microsoft.Extensions.Options;
using WebChat.Actors.Accounts;
using WebChat.Actors.Options;
using WebChat.Edge.Auth;
using WebChat.Edge.Errors;

namespace WebChat.Tests.Edge.Auth;

public sealed class FailedLoginsTests
{
    // The limiter of the platform is replenished ten times a second, and a fraction of a permit once let the next login pass.
    [Fact]
    public async Task An_account_with_too_many_failures_stays_refused_when_a_fraction_of_a_permit_is_back()
    {
        Assert.True(Username.TryParse("ann_1", out var ann));
        using var failures = new FailedLogins(Options.Create(new LimitOptions { FailedLogInsPerHour = 2 }));
        failures.ThrowIfTooMany(ann, "192.0.2.1");
        failures.NoteFailure(ann, "192.0.2.1");
        failures.NoteFailure(ann, "192.0.2.2");

        await Task.Delay(TimeSpan.FromMilliseconds(300));

        var refused = Assert.Throws<RejectedException>(() => failures.ThrowIfTooMany(ann, "192.0.2.3")).Rejection;
        Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30));
    }
}
