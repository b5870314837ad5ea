using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using Microsoft.Extensions.Options;
using WebChat.Actors.Hosting;
using WebChat.Actors.Options;
using WebChat.Actors.Users;

namespace WebChat.Actors.Accounts.Guests;

/// <summary>
/// The list of guests. A guest that has not been used for the retention time is deleted, a few at a time. Whether it was used
/// meanwhile, its account knows: the list only learns of it when the time is over.
/// </summary>
public sealed class GuestsActor : EntityActor<GuestsState>, IWithTimers
{
    /// <summary>The key of the single actor.</summary>
    public const string Id = "all";

    // At most 20 a minute, so that deletions do not slow the chat down.
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);
    private const int PerBeat = 20;

    private readonly IRequiredActor<AccountRegion> _accounts;
    private readonly TimeSpan _retention;

    public GuestsActor(EntityServices services, IRequiredActor<AccountRegion> accounts, IOptions<RetentionOptions> retention)
        : base(PersistenceIds.Guests, TimeSpan.FromHours(1), services)
    {
        _accounts = accounts;
        _retention = retention.Value.Guests;

        Command<GuestCommands.Note>(c => Carry(c, GuestsState.Note(c.User, Now, Now), () => new Done()));
        Command<GuestCommands.GoOn>(_ => { }); // recovery has started the timer
        Command<TimeGoesBy>(_ => ExpireUnused());
        Command<Expired>(Note);
        Command<Unanswered>(unanswered => Log.Warning(unanswered.Cause, "The unused guest {0} was not deleted; it is tried again in {1}", unanswered.User, Beat));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override bool MayRest => State.Guests.IsEmpty;

    protected override void Recovered() => Timers.StartPeriodicTimer(TimeGoesBy.Instance, TimeGoesBy.Instance, Beat);

    private void ExpireUnused()
    {
        var since = Now - _retention;
        foreach (var user in Durable.Unused(since).Take(PerBeat))
        {
            _accounts.ActorRef.Ask<Reply>(new AccountCommands.Expire(user, since), AskTimeouts.BetweenEntities).PipeTo(
                Self, Self, reply => new Expired(user, reply), cause => new Unanswered(user, cause));
        }
    }

    private void Note(Expired expired)
    {
        if (expired.Reply is AccountReplies.LastUsed used)
            Commit(GuestsState.Note(expired.User, used.At, Now).Events, () => { });
        else if (expired.Reply is Rejection refusal)
            Log.Warning("The unused guest {0} was not deleted: {1}; it is tried again in {2}", expired.User, refusal.Message, Beat);
        else
            Commit(State.Forget(expired.User, Now).Events, () => { });
    }

    private sealed record Expired(UserId User, Reply Reply) : INoSerializationVerificationNeeded;

    private sealed record Unanswered(UserId User, Exception Cause) : INoSerializationVerificationNeeded;

    private sealed record TimeGoesBy : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout { public static readonly TimeGoesBy Instance = new(); }
}
