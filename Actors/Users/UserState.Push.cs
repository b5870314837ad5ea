using System.Collections.Immutable;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Users;

/// <content>The browsers to notify while no session is connected.</content>
public sealed partial record UserState
{
    /// <summary>The most browsers of a user that are notified: those that subscribed last.</summary>
    public const int MaxPushes = 10;

    // A visit renews the subscription, so that it lasts as long as the login. One write a day is enough for that.
    private static readonly TimeSpan RenewAfter = TimeSpan.FromDays(1);

    /// <summary>The subscriptions, the newest last; at most one for each login.</summary>
    public ImmutableList<PushSubscribed> Pushes { get; private init; } = [];

    /// <summary>Subscribes the browser of a login, in place of its last subscription.</summary>
    public Decision SubscribePush(FamilyId login, PushSubscription subscription, DateTimeOffset now)
    {
        if (Profile is null)
            return NoSuchUser;
        var known = Pushes.Find(push => push.LoginId == login.Value);
        return known is not null && known.Subscription.Equals(subscription) && now - DateTimeOffset.FromUnixTimeMilliseconds(known.At) < RenewAfter
            ? Decision.Nothing
            : Decision.Happens(new PushSubscribed { At = now.ToUnixTimeMilliseconds(), LoginId = login.Value, Subscription = subscription });
    }

    /// <summary>Ends the subscription of a login, if there is one.</summary>
    public Decision UnsubscribePush(FamilyId login, DateTimeOffset now) => Pushes.Exists(push => push.LoginId == login.Value)
        ? Decision.Happens(new PushUnsubscribed { At = now.ToUnixTimeMilliseconds(), LoginId = login.Value })
        : Decision.Nothing;

    private UserState Subscribed(PushSubscribed subscribed)
    {
        var others = Pushes.RemoveAll(push => push.LoginId == subscribed.LoginId);
        return this with { Pushes = [.. others.Skip(others.Count - MaxPushes + 1), subscribed] };
    }
}
