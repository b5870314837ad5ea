using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Moderation;
using WebChat.Actors.Options;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;
using Status = WebChat.V1.Report.Types.Status;

namespace WebChat.Tests.Actors.Moderation;

public sealed class ReportsStateTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly ModerationOptions Options = new();
    private static readonly UserId Admin = UserId.New(Now);
    private static readonly RoomMember Bob = new(MemberId.New(Now), UserId.New(Now), "Bob", Left: false);

    [Fact]
    public void A_repeated_report_is_the_same_while_it_is_open_and_a_new_one_afterwards()
    {
        var command = By(UserId.New(Now));
        var state = ReportsState.Initial.After(s => s.File(command, Options, Now));

        Assert.Empty(state.File(command, Options, Now).Events);
        var report = Assert.Single(state.Reports.Values);
        state = state.After(s => s.Dismiss(new(report.Id, Admin), Now));
        Assert.Equal(0, state.OpenCount);
        state = state.After(s => s.File(command, Options, Now));

        Assert.Equal(2, state.Reports.Count);
        Assert.NotEqual(report.Id, state.Open(command.Reporter, Bob.UserId, command.RoomId)!.Id);
    }

    [Fact]
    public void Enough_different_reporters_ban_a_user_for_a_while()
    {
        var state = Reported(2);

        var events = state.File(By(UserId.New(Now)), Options, Now).Events;

        var banned = Assert.IsType<BanImposed>(events[1]);
        Assert.Equal((Bob.UserId.Value, "", ((Reported)events[0]).ReportId), (banned.UserId, banned.ByUserId, banned.ReportId));
        Assert.Equal((Now + TimeSpan.FromHours(24)).ToUnixTimeMilliseconds(), banned.Until);
    }

    [Fact]
    public void One_reporter_in_many_rooms_counts_once()
    {
        var ann = UserId.New(Now);
        var state = ReportsState.Initial;
        for (var room = 0; room < 5; room++)
            state = state.After(s => s.File(By(ann), Options, Now));

        Assert.Equal(5, state.Reports.Count);
        Assert.Empty(state.Bans);
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(7, false)]
    public void Only_reports_within_the_window_count(int days, bool bans) =>
        Assert.Equal(bans, Reported(2).After(s => s.File(By(UserId.New(Now)), Options, Now.AddDays(days))).Bans.ContainsKey(Bob.UserId));

    [Fact]
    public void A_dismissed_report_does_not_count()
    {
        var state = Reported(2);
        state = state.After(s => s.Dismiss(new(s.Reports.Values.First().Id, Admin), Now)).After(s => s.File(By(UserId.New(Now)), Options, Now));

        Assert.Empty(state.Bans);
    }

    [Fact]
    public void Reports_from_before_a_served_ban_do_not_ban_again()
    {
        var later = Now.AddDays(2);
        var state = Reported(3).After(s => s.File(By(UserId.New(Now)), Options, later)).After(s => s.File(By(UserId.New(Now)), Options, later));
        Assert.Empty(state.BansAt(later));

        state = state.After(s => s.File(By(UserId.New(Now)), Options, later));

        Assert.Equal(later + Options.SuspendFor, Assert.Single(state.BansAt(later)).Until);
    }

    [Fact]
    public void Reports_do_not_shorten_an_admins_ban()
    {
        var until = Now.AddDays(30);
        var state = ReportsState.Initial.After(s => s.Ban(new ReportsCommands.Ban(Bob.UserId, until, Admin), Now));
        for (var i = 0; i < 3; i++)
            state = state.After(s => s.File(By(UserId.New(Now)), Options, Now.AddHours(1)));

        Assert.Equal(until, Assert.Single(state.BansAt(Now.AddHours(1))).Until);
    }

    [Fact]
    public void A_reporter_above_the_daily_limit_is_told_when_to_retry()
    {
        var ann = UserId.New(Now);
        var state = ReportsState.Initial;
        for (var i = 0; i < Options.ReportsPerDay; i++)
            state = state.After(s => s.File(By(ann), Options, Now.AddHours(1)));

        var refused = state.File(By(ann), Options, Now.AddHours(20)).Rejection;

        Assert.Equal((ErrorCode.RateLimited, TimeSpan.FromHours(5)), (refused?.Code, refused?.RetryAfter));
        Assert.Null(state.File(By(ann), Options, Now.AddHours(25)).Rejection);
        Assert.Null(state.File(By(UserId.New(Now)), Options, Now.AddHours(20)).Rejection);
    }

    [Fact]
    public void An_admins_ban_settles_the_reports_about_the_user_and_an_automatic_one_does_not()
    {
        var state = Reported(3);
        Assert.All(state.Reports.Values, report => Assert.Equal(Status.Open, report.Status));
        var report = state.Reports.Values.First();

        state = state.After(s => s.Ban(new ReportsCommands.BanReported(report.Id, Now.AddDays(1), Admin), Now));

        Assert.All(state.Reports.Values, settled => Assert.Equal(Status.Banned, settled.Status));
        Assert.Equal(ErrorCode.FailedPrecondition, state.Dismiss(new(report.Id, Admin), Now).Rejection?.Code);
    }

    [Fact]
    public void A_ban_ends_at_its_time_or_when_it_is_lifted()
    {
        var state = ReportsState.Initial.After(s => s.Ban(new ReportsCommands.Ban(Bob.UserId, Now.AddDays(1), Admin), Now));
        Assert.Single(state.BansAt(Now.AddDays(1).AddMilliseconds(-1)));
        Assert.Empty(state.BansAt(Now.AddDays(1)));

        state = state.After(s => s.Unban(new(Bob.UserId, Admin), Now));

        Assert.Empty(state.BansAt(Now));
        Assert.Equal((ErrorCode.NotFound, "user_id"), Fault(state.Unban(new(Bob.UserId, Admin), Now)));
    }

    [Fact]
    public void A_ban_must_end_in_the_future_and_must_not_be_of_the_admin()
    {
        Assert.Equal((ErrorCode.InvalidArgument, "until"), Fault(ReportsState.Initial.Ban(new ReportsCommands.Ban(Bob.UserId, Now, Admin), Now)));
        Assert.Equal((ErrorCode.FailedPrecondition, null), Fault(ReportsState.Initial.Ban(new ReportsCommands.Ban(Admin, Now.AddDays(1), Admin), Now)));
        Assert.Equal((ErrorCode.NotFound, "report_id"), Fault(ReportsState.Initial.Ban(new ReportsCommands.BanReported(ReportId.New(Now), Now.AddDays(1), Admin), Now)));
        Assert.Equal((ErrorCode.NotFound, "report_id"), Fault(ReportsState.Initial.Dismiss(new(ReportId.New(Now), Admin), Now)));
    }

    [Fact]
    public void A_confirmation_of_an_older_ban_does_not_settle_a_newer_one()
    {
        var state = ReportsState.Initial
            .After(s => s.Ban(new ReportsCommands.Ban(Bob.UserId, Now.AddDays(1), Admin), Now))
            .After(s => s.Ban(new ReportsCommands.Ban(Bob.UserId, Now.AddDays(2), Admin), Now));

        Assert.Empty(state.CarryOut(Bob.UserId, Now.AddDays(1), Now).Events);
        Assert.Single(state.CarryOut(Bob.UserId, Now.AddDays(2), Now).Events);
    }

    [Fact]
    public void Reports_are_listed_page_by_page_from_the_newest()
    {
        var state = ReportsState.Initial;
        for (var i = 0; i < 5; i++)
            state = state.After(s => s.File(By(UserId.New(Now)), Options, Now.AddMinutes(i)));
        var all = state.Reports.Values.Reverse().ToList();
        state = state.After(s => s.Dismiss(new(all[1].Id, Admin), Now));

        var first = state.Page(new(All: false, null, 2));
        var second = state.Page(new(All: false, first.Reports[^1].Id, 2));

        Assert.Equal(([all[0].Id, all[2].Id], true), (first.Reports.Select(report => report.Id).ToArray(), first.More), Pages);
        Assert.Equal(([all[3].Id, all[4].Id], false), (second.Reports.Select(report => report.Id).ToArray(), second.More), Pages);
        Assert.Equal(5, state.Page(new(All: true, null, 5)).Reports.Count);
    }

    [Fact]
    public void A_snapshot_restores_the_register()
    {
        var state = Reported(4).After(s => s.Dismiss(new(s.Reports.Values.Last().Id, Admin), Now)).After(s => s.Unban(new(Bob.UserId, Admin), Now));

        var again = ReportsState.FromSnapshot(state.ToSnapshot());

        Assert.Equal(state.ToSnapshot(), again.ToSnapshot());
        Assert.Equal(state.File(By(Admin), Options, Now).Events.Count, again.File(By(Admin), Options, Now).Events.Count);
    }

    private static bool Pages((ReportId[], bool) one, (ReportId[], bool) other) => one.Item1.SequenceEqual(other.Item1) && one.Item2 == other.Item2;

    private static ReportsState Reported(int times)
    {
        var state = ReportsState.Initial;
        for (var i = 0; i < times; i++)
            state = state.After(s => s.File(By(UserId.New(Now)), Options, Now));
        return state;
    }

    private static ReportsCommands.File By(UserId reporter) => new(reporter, Bob, RoomId.New(Now), ReportReason.Spam, new(""), []);

    private static (ErrorCode?, string?) Fault(Decision decision) => (decision.Rejection?.Code, decision.Rejection?.Field);
}
