using Akka.Actor;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Cluster;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Actors.Matching;
using WebChat.Actors.Moderation;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.Tests.Actors.Connections;
using WebChat.V1;
using MemberLeft = WebChat.V1.MemberLeft;
using RoomEnded = WebChat.V1.RoomEnded;

namespace WebChat.Tests.Actors.Moderation;

public sealed class BanActorTests : TestKit
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    private readonly UserId _admin = UserId.New(DateTimeOffset.UnixEpoch);
    private readonly RoomId _room = RoomId.New(DateTimeOffset.UnixEpoch);
    private ActorHost _host;
    private UserId _ann = UserId.New(DateTimeOffset.UnixEpoch);
    private UserId _bob = UserId.New(DateTimeOffset.UnixEpoch);

    public BanActorTests() : this(ActorHost.Start())
    {
    }

    private BanActorTests(ActorHost host) : base(host.System) => _host = host;

    private DateTimeOffset Today => _host.Clock.Now;

    [Fact]
    public async Task A_ban_ends_the_sessions_and_the_pair_and_the_partner_learns_only_that_the_user_left()
    {
        await SignUp();
        var (ann, bob) = (await Hello(_ann), await Hello(_bob));
        await ann.Ask(new() { Search = new() });
        await bob.Ask(new() { Search = new() });
        await ann.Read(frame => frame.Match is not null);
        await bob.Read(frame => frame.Match is not null);

        await Ban(_ann);
        await ann.ReadToEnd();

        Assert.Equal(CloseCode.Banned, ann.Closed);
        Assert.Equal(MemberLeft.Types.Reason.Left, (await bob.ReadEvent()).MemberLeft.Reason);
        Assert.Equal(RoomEnded.Types.Reason.PartnerLeft, (await bob.ReadEvent()).RoomEnded.Reason);
        await AwaitCarriedOut();
    }

    [Fact]
    public async Task A_ban_ends_the_search_and_removes_the_user_from_the_groups()
    {
        await SignUp();
        var (ann, bob) = (await Hello(_ann), await Hello(_bob));
        var group = (await Ask<UserReplies.Entered>(new UserCommands.CreateRoom(_ann, "Tea", 3, Open: true))).RoomId;
        await bob.Ask(new() { Join = new() { RoomId = group.Value } });
        await ann.Ask(new() { Search = new() });

        await Ban(_ann);

        Assert.Equal(MemberLeft.Types.Reason.Left, (await bob.Read(frame => frame.Event?.MemberLeft is not null)).Event.MemberLeft.Reason);
        await AwaitCarriedOut();
        Assert.Equal(0, (await _host.Region<MatcherRegion>().Ask<MatcherReplies.WaitingAre>(new MatcherQueries.CountWaiting())).Count);
        Assert.Empty((await Ask<UserReplies.RoomsAre>(new UserQueries.GetRooms(_ann))).Rooms);
    }

    [Fact]
    public async Task A_banned_user_is_let_in_again_at_the_end_of_the_ban_and_not_before()
    {
        await SignUp();
        await Hello(_ann);
        await Ban(_ann, TimeSpan.FromHours(1));

        Assert.Equal("permission_denied", (await Refused(_ann)).Code);
        _host.Clock.Advance(TimeSpan.FromMinutes(59));
        var refused = await Refused(_ann);
        Assert.Contains(Today.AddMinutes(1).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture), refused.Message);
        Assert.Equal(60_000, refused.RetryAfterMs);
        _host.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False((await Client.Hello(_host, _ann)).Welcome.Resumed);
    }

    [Fact]
    public async Task An_unbanned_user_is_let_in_at_once()
    {
        await SignUp();
        await Hello(_ann);
        await Ban(_ann);
        await Refused(_ann);

        await Ask<Done>(new ReportsCommands.Unban(_ann, _admin));

        AwaitAssert(() => Assert.NotNull(Client.Hello(_host, _ann).Result.Welcome));
    }

    // The table of bans may fail. The user still knows its ban.
    [Fact]
    public async Task A_banned_user_refuses_sessions_even_if_only_the_user_knows_of_the_ban()
    {
        await SignUp();
        var ann = await Hello(_ann);
        await Ban(_ann);
        await ann.ReadToEnd();
        await AwaitCarriedOut();
        _host.Services.GetRequiredService<Bans>().Set(_ann, null, ReportReason.Unspecified);

        Assert.Equal("permission_denied", (await Refused(_ann)).Code);
        Assert.Equal(ErrorCode.PermissionDenied, (await Ask<Rejection>(new UserCommands.StartSearch(_ann, Mode.Chat))).Code);
        Assert.Equal(ErrorCode.PermissionDenied, (await Ask<Rejection>(new UserCommands.CreateRoom(_ann, "Tea", 3, Open: true))).Code);
    }

    [Fact]
    public async Task Login_and_refresh_are_refused_during_a_ban_and_the_refresh_token_is_valid_afterwards()
    {
        var (name, password) = (new Username("ann_1"), new PasswordHash("a hash"));
        var account = await Ask<AccountReplies.LoggedIn>(new AccountCommands.SignUp(name, password, "Ann"));
        await Ask<UserReplies.ProfileIs>(new UserCommands.Create(account.User, "Ann"));
        await Ban(account.User, TimeSpan.FromHours(1));

        Assert.Equal(ErrorCode.PermissionDenied, (await Ask<Rejection>(new AccountCommands.LogIn(name, password))).Code);
        Assert.Equal(ErrorCode.Unauthenticated, (await Ask<Rejection>(new AccountCommands.LogIn(name, new("another hash")))).Code);
        Assert.Equal(ErrorCode.PermissionDenied, (await Ask<Rejection>(new AccountCommands.Refresh(account.Token))).Code);
        _host.Clock.Advance(TimeSpan.FromHours(1));

        await Ask<AccountReplies.LoggedIn>(new AccountCommands.Refresh(account.Token));
    }

    [Fact]
    public async Task Reports_of_three_users_within_a_week_ban_the_reported_user_for_a_day()
    {
        await SignUp();
        var ann = await Hello(_ann);
        await Report();
        _host.Clock.Advance(TimeSpan.FromDays(3));
        await Report();
        _host.Clock.Advance(TimeSpan.FromDays(3));
        Assert.NotNull((await Client.Hello(_host, _ann)).Welcome);
        await Report();

        Assert.Equal("permission_denied", (await Refused(_ann)).Code);
        _host.Clock.Advance(TimeSpan.FromHours(24));
        Assert.NotNull((await Client.Hello(_host, _ann)).Welcome);
    }

    [Fact]
    public async Task A_ban_is_told_repeatedly_until_the_user_has_carried_it_out()
    {
        var users = CreateTestProbe();
        _host.Replace<UserRegion>(users.Ref);
        await Ban(_ann);

        var note = users.ExpectMsg<UserCommands.NoteBan>();
        users.Reply(new UserReplies.BanNoted(_ann, note.Until, IsCarriedOut: false));
        _host.Clock.Advance(Retry);
        users.ExpectMsg<UserCommands.NoteBan>();
        users.Reply(new Rejection(ErrorCode.Unavailable, "Not now."));
        _host.Clock.Advance(Retry);
        users.ExpectMsg<UserCommands.NoteBan>();
        users.Reply(new UserReplies.BanNoted(_ann, note.Until, IsCarriedOut: true));

        await Ask<ReportsReplies.BansAre>(new ReportsQueries.GetBans());
        _host.Clock.Advance(Retry);
        await Ask<ReportsReplies.BansAre>(new ReportsQueries.GetBans());
        users.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_ban_is_told_after_a_crash_that_came_before_the_user_knew_of_it()
    {
        _host.Replace<UserRegion>(CreateTestProbe().Ref);
        await Ban(_ann);

        Restart();
        var users = new TestKit(_host.System).CreateTestProbe();
        _host.Replace<UserRegion>(users.Ref);
        var bans = await Ask<ReportsReplies.BansAre>(new ReportsQueries.GetBans());
        await _host.Region<NodeActor>().Ask<Done>(NodeCommands.ReadBans.Instance, TimeSpan.FromSeconds(30));

        Assert.Equal(_ann, Assert.Single(bans.Bans).User);
        Assert.Equal(ErrorCode.PermissionDenied, _host.Services.GetRequiredService<Bans>().Refusal(_ann, Today)?.Code);
        Assert.Equal(_ann, users.ExpectMsg<UserCommands.NoteBan>().UserId);
    }

    [Fact]
    public async Task A_ban_is_carried_out_after_a_crash_that_came_before_the_user_left_the_room()
    {
        var (rooms, matcher) = (CreateTestProbe(), CreateTestProbe());
        _host.Replace<RoomRegion>(rooms.Ref);
        _host.Replace<MatcherRegion>(matcher.Ref);
        await Ask<UserReplies.ProfileIs>(new UserCommands.Create(_ann, "Ann"));
        await Ask<UserReplies.Entered>(new UserCommands.EnterRoom(_ann, _room, Room.Types.Kind.Group));
        await Ban(_ann);
        Assert.Equal(_room, rooms.FishForMessage<RoomCommands.Leave>(_ => true).RoomId);

        Restart();
        var afterwards = new TestKit(_host.System);
        var (roomsAgain, matcherAgain) = (afterwards.CreateTestProbe(), afterwards.CreateTestProbe());
        _host.Replace<RoomRegion>(roomsAgain.Ref);
        _host.Replace<MatcherRegion>(matcherAgain.Ref);
        await Ask<ReportsReplies.BansAre>(new ReportsQueries.GetBans());

        Assert.Equal(_room, roomsAgain.FishForMessage<RoomCommands.Leave>(_ => true).RoomId);
        Assert.Equal(Withdrawn.Types.Reason.Banned, matcherAgain.FishForMessage<MatcherCommands.Withdraw>(_ => true).Reason);
        matcherAgain.Reply(new MatcherReplies.SearchIs(new() { State = SearchState.Types.State.Idle }));
        await Ask<Done>(new UserCommands.ExitRoom(_ann, _room));
        await AwaitCarriedOut();
    }

    [Fact]
    public async Task A_user_banned_during_a_match_leaves_the_pair_at_once()
    {
        var rooms = CreateTestProbe();
        _host.Replace<RoomRegion>(rooms.Ref);
        await Ask<UserReplies.ProfileIs>(new UserCommands.Create(_ann, "Ann"));
        await Ban(_ann);
        await AwaitCarriedOut();

        await Ask<UserReplies.Entered>(new UserCommands.EnterRoom(_ann, _room, Room.Types.Kind.Pair));

        Assert.Equal((_room, _ann), rooms.FishForMessage<RoomCommands.Leave>(_ => true) is var leave ? (leave.RoomId, leave.UserId) : default);
    }

    [Fact]
    public async Task A_kept_pair_outlasts_a_ban()
    {
        await Ask<UserReplies.ProfileIs>(new UserCommands.Create(_ann, "Ann"));
        await Ask<RoomReplies.RoomIs>(new RoomCommands.OpenPair(_room, new(_ann, "Ann"), new(_bob, "Bob")));
        await Ask<UserReplies.Entered>(new UserCommands.EnterRoom(_ann, _room, Room.Types.Kind.Pair));
        await Ask<Done>(new UserCommands.KeepRoom(_ann, _room));

        await Ban(_ann);
        await AwaitCarriedOut();

        Assert.Equal([new(_room, 0)], (await Ask<UserReplies.RoomsAre>(new UserQueries.GetRooms(_ann))).Rooms);
        Assert.Equal(Room.Types.State.Active, (await Ask<RoomReplies.RoomIs>(new RoomQueries.GetRoom(_room, _bob))).Room.State);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _host.Dispose();
    }

    private void Restart() => _host = _host.Restart();

    private async Task SignUp() => (_ann, _bob) = (await Client.NewUser(_host, "Ann"), await Client.NewUser(_host, "Bob"));

    private async Task<Client> Hello(UserId user) => (await Client.Hello(_host, user)).Client;

    private Task<ReportsReplies.BanIs> Ban(UserId user, TimeSpan? time = null) =>
        Ask<ReportsReplies.BanIs>(new ReportsCommands.Ban(user, Today + (time ?? TimeSpan.FromDays(1)), _admin));

    private Task<ReportsReplies.Filed> Report() => Ask<ReportsReplies.Filed>(new ReportsCommands.File(
        UserId.New(DateTimeOffset.UnixEpoch), new(MemberId.New(DateTimeOffset.UnixEpoch), _ann, "Ann", Left: false), _room, ReportReason.Hate, new(""), []));

    // Repeated confirmations of the user change nothing.
    private Task AwaitCarriedOut() => AwaitAssertAsync(async () =>
    {
        var ban = (await Ask<ReportsReplies.BansAre>(new ReportsQueries.GetBans())).Bans.Single();
        _host.Clock.Advance(Retry);
        Assert.True(ban.IsCarriedOut);
    });

    private async Task<Error> Refused(UserId user)
    {
        var (client, _) = Client.Open(_host.Region<ConnectionsActor>(), Client.LoginOf(user));
        var error = Assert.Single(await client.ReadToEnd(), frame => frame.Error is not null).Error;
        Assert.Equal(CloseCode.Banned, client.Closed);
        return error;
    }

    private async Task<TReply> Ask<TReply>(Request request)
        where TReply : Reply
    {
        var region = request switch
        {
            RoomRequest => _host.Region<RoomRegion>(),
            AccountRequest => _host.Region<AccountRegion>(),
            ReportsRequest => _host.Region<ReportsRegion>(),
            _ => _host.Region<UserRegion>(),
        };
        return Assert.IsType<TReply>(await region.Ask<Reply>(request, TimeSpan.FromSeconds(20)));
    }
}
