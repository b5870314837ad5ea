using Microsoft.Extensions.Options;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Options;
using WebChat.Edge.Auth;
using WebChat.Edge.Errors;

namespace WebChat.Tests.Edge.Auth;

public sealed class PasswordHasherTests : IDisposable
{
    private readonly PasswordHasher _hasher = new(Options.Create(new AuthOptions { BcryptWorkFactor = 10 }), Unmeasured.Metrics());

    public void Dispose() => _hasher.Dispose();

    [Fact]
    public async Task A_hash_verifies_its_own_password_only()
    {
        var hash = await _hasher.HashAsync(Parse("correct horse"), "192.0.2.1", default);

        Assert.True(await _hasher.VerifyAsync(Parse("correct horse"), hash, "192.0.2.1", default));
        Assert.False(await _hasher.VerifyAsync(Parse("Correct horse"), hash, "192.0.2.1", default));
        Assert.NotEqual(hash, await _hasher.HashAsync(Parse("correct horse"), "192.0.2.1", default));
    }

    [Fact]
    public async Task Without_a_hash_every_password_is_wrong() =>
        Assert.False(await _hasher.VerifyAsync(Parse("the password of no account"), null, "192.0.2.1", default));

    [Fact]
    public async Task Every_character_of_a_long_password_counts()
    {
        // Bcrypt itself uses the first 72 bytes only.
        var long_ = new string('é', 127);
        var hash = await _hasher.HashAsync(Parse(long_ + "a"), "192.0.2.1", default);

        Assert.True(await _hasher.VerifyAsync(Parse(long_ + "a"), hash, "192.0.2.1", default));
        Assert.False(await _hasher.VerifyAsync(Parse(long_ + "b"), hash, "192.0.2.1", default));
    }

    [Fact]
    public async Task A_caller_above_the_limit_is_told_when_to_retry_and_a_caller_that_leaves_makes_room()
    {
        using var left = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 5_000).Select(_ => _hasher.HashAsync(Parse("correct horse"), "192.0.2.1", left.Token)).ToList();

        var refused = callers.Where(caller => caller.IsFaulted).Select(caller => Assert.IsType<RejectedException>(caller.Exception!.InnerException).Rejection).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, rejection => Assert.Equal(ErrorCode.Unavailable, rejection.Code));
        Assert.All(refused, rejection => Assert.InRange(rejection.RetryAfter!.Value, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(5)));

        await left.CancelAsync();
        Assert.Contains(callers, caller => caller.IsCanceled);
        Assert.NotEmpty((await _hasher.HashAsync(Parse("correct horse"), "192.0.2.1", default)).Value);
    }

    [Fact]
    public async Task Callers_of_one_address_do_not_delay_those_of_another()
    {
        using var left = new CancellationTokenSource();
        var flood = Enumerable.Range(0, 5_000).Select(_ => _hasher.HashAsync(Parse("correct horse"), "192.0.2.1", left.Token)).ToList();
        Assert.Contains(flood, caller => caller.IsFaulted);

        Assert.NotEmpty((await _hasher.HashAsync(Parse("correct horse"), "192.0.2.2", default)).Value);

        Assert.Contains(flood, caller => !caller.IsCompleted);
        await left.CancelAsync();
    }

    private static Password Parse(string text) => Password.TryParse(text, out var password) ? password : throw new FormatException(text);
}
