using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using Google.Protobuf;
using WebChat.Actors.Cluster;
using WebChat.Actors.Hosting;
using WebChat.Actors.Matching;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Encryption;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Actors.Users.Pictures;
using WebChat.Journal.V1;

namespace WebChat.Actors.Accounts.Erasure;

/// <summary>
/// Erases the users of deleted accounts. The request is persisted first, then the steps run in order. Each step may be
/// repeated without harm. After any failure, also a crash, all steps run again.
/// </summary>
public sealed class ErasuresActor : EntityActor<ErasureState>, IWithTimers
{
    /// <summary>The key of the single actor.</summary>
    public const string Id = "all";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly IRequiredActor<AccountRegion> _accounts;
    private readonly IRequiredActor<UserRegion> _users;
    private readonly IRequiredActor<MatcherRegion> _matcher;
    private readonly IRequiredActor<RoomRegion> _rooms;
    private readonly RoomHistory _history;
    private readonly PictureStore _pictures;
    private readonly PersonKeys _keys;
    private readonly Nodes _nodes;
    private readonly CancellationTokenSource _stopped = new();
    private readonly List<(IActorRef Asker, ErasureQueries.AwaitEnd Query)> _awaiting = [];

    public ErasuresActor(
        EntityServices services,
        IRequiredActor<AccountRegion> accounts,
        IRequiredActor<UserRegion> users,
        IRequiredActor<MatcherRegion> matcher,
        IRequiredActor<RoomRegion> rooms,
        RoomHistory history,
        PictureStore pictures,
        PersonKeys keys,
        Nodes nodes)
        : base(PersistenceIds.Erasures, TimeSpan.FromHours(1), services)
    {
        _accounts = accounts;
        _users = users;
        _matcher = matcher;
        _rooms = rooms;
        _history = history;
        _pictures = pictures;
        _keys = keys;
        _nodes = nodes;

        Command<ErasureCommands.Request>(c => Carry(c, State.Request(c.User, c.Username, Now), () => new Done()));
        Command<ErasureQueries.AwaitEnd>(query =>
        {
            _awaiting.Add((Sender, query));
            AnswerEnds();
        });
        Command<ErasureCommands.GoOn>(_ => { }); // recovery has resumed the open erasures
        Command<Again>(again => Begin(again.User));
        Command<Erased>(erased => Commit(State.End(erased.User, Now).Events, () => { }));
        Command<Interrupted>(TryLater);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override bool MayRest => State.Open.IsEmpty;

    protected override UserId PersonOf(IMessage part) => new(((ErasureRequested)part).UserId);

    protected override void Recovered()
    {
        foreach (var user in State.Open.Keys.Order(StringComparer.Ordinal))
            Begin(new(user));
    }

    protected override void Happened(IMessage journaled)
    {
        if (journaled is ErasureRequested requested)
            Begin(new(requested.UserId));
        AnswerEnds();
    }

    protected override void PostStop()
    {
        base.PostStop();
        _stopped.Cancel();
        _stopped.Dispose();
    }

    private void Begin(UserId user)
    {
        if (!Durable.Open.ContainsKey(user.Value))
            return;
        var (name, stopped) = (Durable.NameOf(user), _stopped.Token);
        Task.Run(() => Erase(user, name, stopped), stopped).PipeTo(Self, Self, () => new Erased(user), cause => new Interrupted(user, cause));
    }

    private async Task Erase(UserId user, Username? name, CancellationToken stopped)
    {
        // Logins end first, so that nothing changes any more. The key is destroyed once no later step needs the user name. Rooms
        // are told afterwards, which may take long.
        if (name is { } username)
            await Ask<Done>(_accounts.ActorRef, new AccountCommands.Erase(username, user), stopped).ConfigureAwait(false);
        await Ask<Done>(_users.ActorRef, new UserCommands.Delete(user), stopped).ConfigureAwait(false);
        await Ask<MatcherReplies.SearchIs>(_matcher.ActorRef, new MatcherCommands.Withdraw(user, Withdrawn.Types.Reason.Cancelled), stopped).ConfigureAwait(false);
        _keys.Destroy(user);
        await _nodes.AskAllAsync<Done>(new NodeCommands.ForgetKey(user), stopped).ConfigureAwait(false);

        // An upload that was in progress until now has stored its picture, or stores one that cannot be decrypted.
        await _pictures.Delete(user, stopped).ConfigureAwait(false);
        var rooms = await _history.RoomsOf(user, stopped).ConfigureAwait(false);
        await Task.WhenAll(rooms.Select(room => Ask<RoomReplies.Erased>(_rooms.ActorRef, new RoomCommands.Erase(room, user), stopped))).ConfigureAwait(false);
        _keys.EmptyLog();
    }

    private static async Task<TReply> Ask<TReply>(IActorRef region, Request request, CancellationToken stopped)
        where TReply : Reply =>
        await region.Ask<Reply>(request, AskTimeouts.BetweenEntities, stopped).ConfigureAwait(false) is TReply reply
            ? reply
            : throw new InvalidOperationException($"{request.GetType().Name} was refused.");

    private void AnswerEnds()
    {
        foreach (var ended in _awaiting.FindAll(waiting => !Durable.Open.ContainsKey(waiting.Query.User.Value)))
        {
            _awaiting.Remove(ended);
            ended.Asker.Tell(new Done { Tag = ended.Query.Tag });
        }
    }

    private void TryLater(Interrupted interrupted)
    {
        Log.Warning(interrupted.Cause, "The erasure of user {0} failed; it is retried in {1}", interrupted.User, RetryAfter);
        Timers.StartSingleTimer(interrupted.User, new Again(interrupted.User), RetryAfter);
    }

    private sealed record Again(UserId User) : INoSerializationVerificationNeeded;

    private sealed record Erased(UserId User) : INoSerializationVerificationNeeded;

    private sealed record Interrupted(UserId User, Exception Cause) : INoSerializationVerificationNeeded;
}
