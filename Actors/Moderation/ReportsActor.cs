using Akka.Actor;
using Akka.Hosting;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using WebChat.Actors.Cluster;
using WebChat.Actors.Hosting;
using WebChat.Actors.Options;
using WebChat.Actors.Users;
using WebChat.Journal.V1;

namespace WebChat.Actors.Moderation;

/// <summary>
/// The register of reports and bans. A ban is persisted before any user is told. Then the user is told repeatedly until it has
/// acted on the ban, also after a crash.
/// </summary>
public sealed class ReportsActor : EntityActor<ReportsState>, IWithTimers
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly IRequiredActor<UserRegion> _users;
    private readonly Bans _bans;
    private readonly Nodes _nodes;

    public ReportsActor(EntityServices services, IRequiredActor<UserRegion> users, Bans bans, Nodes nodes, IOptions<ModerationOptions> options)
        : base(PersistenceIds.Reports, TimeSpan.FromHours(1), services)
    {
        _users = users;
        _bans = bans;
        _nodes = nodes;

        Command<ReportsCommands.File>(c => Carry(
            c, State.File(c, options.Value, Now), () => new ReportsReplies.Filed(Durable.Open(c.Reporter, c.Reported.UserId, c.RoomId)!.Id)));
        Command<ReportsCommands.Dismiss>(c => Carry(c, State.Dismiss(c, Now), () => ReportIs(c.ReportId)));
        Command<ReportsCommands.BanReported>(c => Carry(c, State.Ban(c, Now), () => BanIs(Durable.Reports[c.ReportId.Value].Reported)));
        Command<ReportsCommands.Ban>(c => Carry(c, State.Ban(c, Now), () => BanIs(c.UserId)));
        Command<ReportsCommands.Unban>(c => Carry(c, State.Unban(c, Now), () => new Done()));
        Command<ReportsCommands.NoteDrain>(c => Carry(c, ReportsState.Drain(c.By, Now), () => new Done()));
        Command<ReportsQueries.GetPage>(c => Carry(c, Decision.Nothing, () => Durable.Page(c)));
        Command<ReportsQueries.GetReport>(c => Carry(c, State.Find(c.ReportId), () => ReportIs(c.ReportId)));
        Command<ReportsQueries.GetBans>(c => Carry(c, Decision.Nothing, () => new ReportsReplies.BansAre(Durable.BansAt(Now))));
        Command<ReportsQueries.CountOpen>(c => Carry(c, Decision.Nothing, () => new ReportsReplies.OpenAre(Durable.OpenCount)));
        Command<UserReplies.BanNoted>(noted =>
        {
            if (noted.IsCarriedOut)
                Commit(State.CarryOut(noted.UserId, noted.Until, Now).Events, () => { });
        });
        Command<TellAgain>(_ => TellUsers());
        Command<Rejection>(_ => { }); // a retry is scheduled
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override bool MayRest => false;

    protected override UserId PersonOf(IMessage part) => part switch
    {
        Reported reported => new(reported.ReporterId),
        ReportedPerson person => new(person.UserId),
        EvidenceLine line => new(line.UserId),
        _ => base.PersonOf(part),
    };

    protected override void Recovered() => TellUsers();

    protected override void Happened(IMessage journaled)
    {
        switch (journaled)
        {
            case BanImposed imposed:
                Enforce(new(imposed.UserId));
                break;
            case BanLifted lifted:
                Enforce(new(lifted.UserId));
                break;
        }
    }

    private ReportsReplies.ReportIs ReportIs(ReportId report) => new(Durable.Reports[report.Value]);

    private ReportsReplies.BanIs BanIs(UserId user) => new(Durable.Bans[user]);

    private void Enforce(UserId user)
    {
        var ban = Durable.Bans[user];
        _bans.Set(user, ban.Lasts, ban.Imposed.Reason);
        _nodes.Tell(NodeCommands.ReadBans.Instance);
        TellUsers();
    }

    private void TellUsers()
    {
        var told = false;
        foreach (var ban in Durable.NotCarriedOut)
        {
            _users.ActorRef.Tell(new UserCommands.NoteBan(ban.User, ban.Lasts));
            told = true;
        }

        if (told)
            Timers.StartSingleTimer(TellAgain.Instance, TellAgain.Instance, RetryAfter);
    }

    private sealed record TellAgain : INoSerializationVerificationNeeded { public static readonly TellAgain Instance = new(); }
}
