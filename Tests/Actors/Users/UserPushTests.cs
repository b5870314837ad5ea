using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Users;
using WebChat.V1;

namespace WebChat.Tests.Actors.Users;

public sealed class UserPushTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly FamilyId Login = FamilyId.New(Now);

    [Fact]
    public void A_login_has_one_subscription_the_last()
    {
        var user = Created().After(s => s.SubscribePush(Login, To("a"), Now)).After(s => s.SubscribePush(Login, To("b"), Now));
        Assert.Equal("b", Assert.Single(user.Pushes).Subscription.Endpoint);
    }

    [Fact]
    public void A_repeated_subscription_is_persisted_once_a_day()
    {
        var user = Created().After(s => s.SubscribePush(Login, To("a"), Now));
        Assert.Empty(user.SubscribePush(Login, To("a"), Now.AddHours(23)).Events);
        Assert.Single(user.SubscribePush(Login, To("a"), Now.AddHours(24)).Events);
    }

    [Fact]
    public void A_user_has_at_most_ten_subscriptions_the_newest()
    {
        var user = Created();
        for (var i = 0; i <= UserState.MaxPushes; i++)
            user = user.After(s => s.SubscribePush(FamilyId.New(Now), To($"{i}"), Now));
        Assert.Equal(Enumerable.Range(1, UserState.MaxPushes).Select(i => $"{i}"), user.Pushes.Select(push => push.Subscription.Endpoint));
    }

    [Fact]
    public void A_subscription_ends_with_its_login_and_with_the_account()
    {
        var user = Created().After(s => s.SubscribePush(Login, To("a"), Now));
        Assert.Empty(user.UnsubscribePush(FamilyId.New(Now), Now).Events);
        Assert.Empty(user.After(s => s.UnsubscribePush(Login, Now)).Pushes);
        Assert.Empty(user.After(s => s.Delete(Now)).Pushes);
        Assert.Equal(ErrorCode.NotFound, UserState.Initial.SubscribePush(Login, To("a"), Now).Rejection?.Code);
    }

    private static UserState Created() => UserState.Initial.After(s => s.Create("Ann", Now));

    private static PushSubscription To(string endpoint) => new() { Endpoint = endpoint };
}
