using Akka.Actor;
using Xunit.Sdk;
using TestKit = Akka.TestKit.Xunit2.TestKit;

namespace WebChat.Tests.Standins.AkkaTestKit;

public class TimeTests() : TestKit("akka.test.timefactor = 2.0")
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Times_are_dilated()
    {
        Assert.Equal(TimeSpan.FromSeconds(2), Dilated(TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.FromSeconds(6), RemainingOrDefault);
        Assert.Throws<InvalidOperationException>(() => Remaining);
    }

    [Fact]
    public void Within_bounds_what_is_waited_for_inside_it()
    {
        Within(Soon, () =>
        {
            Assert.InRange(Remaining, TimeSpan.Zero, Dilated(Soon));
            Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>());
        });
        Assert.Equal(5, Within(TimeSpan.FromSeconds(3), () => 5));
    }

    [Fact]
    public void Within_fails_what_ends_too_early_or_too_late()
    {
        Assert.ThrowsAny<XunitException>(() => Within(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), () => { }));
        Assert.ThrowsAny<XunitException>(() => Within(TimeSpan.FromMilliseconds(50), () => Assert.False(SpinUntil(TimeSpan.FromMilliseconds(200)))));
    }

    [Fact]
    public async Task Within_bounds_asynchronous_code_too()
    {
        TestActor.Tell("a");
        var message = await WithinAsync(TimeSpan.FromSeconds(3), async () => await ExpectMsgAsync<string>());
        Assert.Equal("a", message);

        await WithinAsync(Soon, async () => await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync<string>()));
    }

    [Fact]
    public async Task A_condition_is_awaited()
    {
        var looks = 0;
        AwaitCondition(() => ++looks == 3, TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(1));
        await AwaitConditionAsync(() => Task.FromResult(++looks == 6), TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(1));

        Assert.Equal(6, looks);
        Assert.False(AwaitConditionNoThrow(() => false, Soon));
        Assert.Contains("my message", Assert.ThrowsAny<XunitException>(() => AwaitCondition(() => false, Soon, "my message")).Message);
        await Assert.ThrowsAnyAsync<XunitException>(() => AwaitConditionAsync(() => false, Soon, "never"));
    }

    [Fact]
    public async Task An_assertion_is_repeated_until_it_holds()
    {
        var looks = 0;
        AwaitAssert(() => Assert.Equal(3, ++looks), TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(1));
        await AwaitAssertAsync(() =>
        {
            Assert.Equal(6, ++looks);
            return Task.CompletedTask;
        }, TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(1));

        Assert.Equal(6, looks);
        Assert.Throws<EqualException>(() => AwaitAssert(() => Assert.Equal(1, 2), Soon));
        await Assert.ThrowsAsync<EqualException>(() => AwaitAssertAsync(() => Assert.Equal(1, 2), Soon));
    }

    private static bool SpinUntil(TimeSpan duration)
    {
        SpinWait.SpinUntil(() => false, duration);
        return false;
    }
}
