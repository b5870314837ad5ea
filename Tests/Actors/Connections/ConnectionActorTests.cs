using Akka.Actor;
using Akka.Hosting;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Actors.Matching;
using WebChat.Actors.Persistence;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;

namespace WebChat.Tests.Actors.Connections;

public sealed class ConnectionActorTests : TestKit
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    private readonly ActorHost _host;

    public ConnectionActorTests() : this(ActorHost.Start())
    {
    }

    private ConnectionActorTests(ActorHost host) : base(host.System) => _host = host;

    [Fact]
    public async Task Two_searching_users_are_matched_and_talk()
    {
        var (ann, bob, room) = await Matched();

        var ack = (await ann.Ask(Text(room, "1", "hello"))).Ack;

        var heard = await bob.ReadEvent();
        Assert.Equal("hello", heard.MessagePosted.Text);
        Assert.Equal(ack.Seq, heard.Seq);
        Assert.Equal(ack.MessageId, heard.MessagePosted.MessageId);
    }

    [Fact]
    public async Task Every_session_hears_that_a_search_has_ended_by_itself()
    {
        var annId = await NewUser("Ann");
        var (phone, _) = await Client.Hello(_host, annId);
        var (desk, _) = await Client.Hello(_host, annId);
        Assert.Equal(SearchState.Types.State.Waiting, (await phone.Ask(new() { Search = new() { Mode = Mode.Chat } })).Search.State);

        _host.Clock.Advance(TimeSpan.FromMinutes(5));

        foreach (var client in new[] { phone, desk })
            Assert.Equal(SearchState.Types.State.Idle, (await client.Read(frame => frame.Search is not null && frame.ReplyTo.Length == 0)).Search.State);
    }

    [Fact]
    public async Task A_transport_that_breaks_leaves_its_session_waiting_and_the_next_one_gets_what_was_missed()
    {
        var annId = await NewUser("Ann");
        var (first, welcome) = await Client.Hello(_host, annId);
        var (bob, room) = await MatchWith(first);
        first.Break();
        await bob.Read(frame => frame.Presence is { Online: false });
        for (var i = 0; i < 3; i++)
            Assert.NotNull((await bob.Ask(Text(room, $"{i}", $"missed {i}"))).Ack);

        var (second, again) = await Client.Hello(_host, annId, welcome.SessionId, new Dictionary<string, long> { [room] = 2 });

        Assert.True(again.Resumed);
        Assert.Equal(welcome.SessionId, again.SessionId);
        Assert.Equal(5, Assert.Single(again.Rooms).LastSeq);
        for (var i = 0; i < 3; i++)
        {
            var heard = await second.ReadEvent();
            Assert.Equal(3 + i, heard.Seq);
            Assert.Equal($"missed {i}", heard.MessagePosted.Text);
        }

        Assert.NotNull((await bob.Ask(Text(room, "4", "live"))).Ack);
        Assert.Equal(6, (await second.ReadEvent()).Seq);
    }

    [Fact]
    public async Task A_session_without_a_transport_for_the_grace_period_leaves_its_room_and_the_partner_is_told()
    {
        var (ann, bob, _) = await Matched();
        ann.Break();
        await bob.Read(frame => frame.Presence is { Online: false });

        _host.Clock.Advance(Grace);

        Assert.Equal(MemberLeft.Types.Reason.Absent, (await bob.ReadEvent()).MemberLeft.Reason);
        Assert.Equal(RoomEnded.Types.Reason.PartnerAbsent, (await bob.ReadEvent()).RoomEnded.Reason);
    }

    [Fact]
    public async Task A_session_that_is_over_is_not_resumed_but_replaced()
    {
        var annId = await NewUser("Ann");
        var (first, welcome) = await Client.Hello(_host, annId);
        Watch(first.Session);
        first.Break();
        AwaitAssert(() =>
        {
            _host.Clock.Advance(Grace);
            ExpectTerminated(first.Session, TimeSpan.FromMilliseconds(100));
        });

        var (_, again) = await Client.Hello(_host, annId, welcome.SessionId);

        Assert.False(again.Resumed);
        Assert.NotEqual(welcome.SessionId, again.SessionId);
    }

    [Fact]
    public async Task A_session_of_another_user_is_not_resumed()
    {
        var (_, welcome) = await Client.Hello(_host, await NewUser("Ann"));

        var (_, other) = await Client.Hello(_host, await NewUser("Bob"), welcome.SessionId);

        Assert.False(other.Resumed);
        Assert.NotEqual(welcome.SessionId, other.SessionId);
    }

    [Fact]
    public async Task Resuming_on_a_second_transport_closes_the_first()
    {
        var annId = await NewUser("Ann");
        var (first, welcome) = await Client.Hello(_host, annId);

        var (_, again) = await Client.Hello(_host, annId, welcome.SessionId);

        Assert.True(again.Resumed);
        await first.ReadToEnd();
        Assert.Equal(CloseCode.Replaced, first.Closed);
    }

    [Fact]
    public async Task Every_session_of_a_person_hears_the_match_and_the_events()
    {
        var annId = await NewUser("Ann");
        var (phone, _) = await Client.Hello(_host, annId);
        var (desk, _) = await Client.Hello(_host, annId);
        var (bob, room) = await MatchWith(phone);
        Assert.Equal(room, (await desk.Read(frame => frame.Match is not null)).Match.Room.RoomId);

        await bob.Ask(Text(room, "1", "hello"));

        Assert.Equal("hello", (await phone.ReadEvent()).MessagePosted.Text);
        Assert.Equal("hello", (await desk.ReadEvent()).MessagePosted.Text);
    }

    [Fact]
    public async Task A_long_history_comes_in_pages_and_in_order()
    {
        var annId = await NewUser("Ann");
        var (ann, welcome) = await Client.Hello(_host, annId);
        var (_, room) = await MatchWith(ann);
        ann.Break();
        var rooms = _host.Region<RoomRegion>();
        for (var i = 0; i < 2_500; i++)
            rooms.Tell(new WebChat.Actors.Rooms.RoomCommands.Send(new(room), annId, new($"{i}"), new($"text {i}"), ""), TestActor);
        ReceiveN(2_500, TimeSpan.FromSeconds(30));

        var (again, _) = await Client.Hello(_host, annId, welcome.SessionId, new Dictionary<string, long> { [room] = 0 });

        for (var seq = 1; seq <= 2_502; seq++)
            Assert.Equal(seq, (await again.ReadEvent()).Seq);
    }

    [Fact]
    public async Task A_history_that_cannot_be_read_holds_back_its_own_room_alone()
    {
        var annId = await NewUser("Ann");
        var (ann, welcome) = await Client.Hello(_host, annId);
        var (_, room) = await MatchWith(ann);
        Damage($"room-{room}", 2);

        ann.Break();
        var (again, resumed) = await Client.Hello(_host, annId, welcome.SessionId, new Dictionary<string, long> { [room] = 0 });

        Assert.True(resumed.Resumed);
        Assert.NotNull((await again.Ask(new() { Ping = new() })).Pong);
        Assert.NotNull((await again.Ask(Text(room, "1", "still"))).Ack);
    }

    [Fact]
    public async Task A_cursor_beyond_the_history_is_reset()
    {
        var annId = await NewUser("Ann");
        var (ann, welcome) = await Client.Hello(_host, annId);
        var (bob, room) = await MatchWith(ann);
        ann.Break();

        var (again, isWelcome) = Open(annId, welcome.SessionId, new Dictionary<string, long> { [room] = 99 });

        Assert.Equal(2, (await again.Read(frame => frame.Reset is not null)).Reset.LastSeq);
        Assert.False((await again.Read(frame => frame.Welcome is not null)).Welcome.Resumed);
        Assert.True(await isWelcome);
        await bob.Ask(Text(room, "1", "hello"));
        Assert.Equal(3, (await again.ReadEvent()).Seq);
    }

    [Fact]
    public async Task A_room_that_does_not_answer_holds_no_other_back_and_is_shown_when_it_does()
    {
        var annId = await NewUser("Ann");
        var (ann, welcome) = await Client.Hello(_host, annId);
        var (_, room) = await MatchWith(ann);
        using var second = _host.Restart();
        var rooms = second.Services.GetRequiredService<ActorRegistry>().Get<RoomRegion>();
        var silent = new TestKit(second.System).CreateTestProbe();
        second.Replace<RoomRegion>(silent.Ref);

        var (again, _) = Client.Open(second.Region<ConnectionsActor>(), Client.LoginOf(annId), welcome.SessionId, new Dictionary<string, long> { [room] = 1 });
        var asked = await silent.FishForMessageAsync<WebChat.Actors.Rooms.RoomCommands.Attach>(_ => true);
        var connection = silent.Sender;
        second.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Empty((await again.Read(frame => frame.Welcome is not null)).Welcome.Rooms);
        rooms.Tell(asked, connection);
        Assert.Equal(room, (await again.Read(frame => frame.Room is not null)).Room.RoomId);
        Assert.Equal(2, (await again.ReadEvent()).Seq);
    }

    [Fact]
    public async Task A_room_that_is_unavailable_holds_no_welcome_back()
    {
        var annId = await NewUser("Ann");
        var (ann, welcome) = await Client.Hello(_host, annId);
        var (_, room) = await MatchWith(ann);
        Damage($"room-{room}", 1);
        using var after = _host.Restart();

        var (_, resumed) = await Client.Hello(after, annId, welcome.SessionId);

        Assert.True(resumed.Resumed);
        Assert.Empty(resumed.Rooms);
    }

    [Fact]
    public async Task A_client_that_was_away_at_the_end_of_a_room_sees_how_it_ended()
    {
        var annId = await NewUser("Ann");
        var (ann, welcome) = await Client.Hello(_host, annId);
        var (bob, room) = await MatchWith(ann);
        ann.Break();
        await bob.Ask(new() { End = new() { RoomId = room } });

        var (again, after) = await Client.Hello(_host, annId, welcome.SessionId, new Dictionary<string, long> { [room] = 2 });

        Assert.Equal(Room.Types.State.Ended, Assert.Single(after.Rooms).State);
        Assert.Equal(RoomEnded.Types.Reason.Closed, (await again.ReadEvent()).RoomEnded.Reason);
    }

    [Fact]
    public async Task A_log_out_closes_the_sessions_of_its_login_and_no_others()
    {
        var annId = await NewUser("Ann");
        var other = await Client.LogIn(_host, annId);
        var (gone, _) = await Client.Hello(_host, annId);
        var (stays, _) = await Client.Hello(_host, annId, login: other);

        await Client.LogOut(_host, Client.LoginOf(annId));

        await gone.ReadToEnd();
        Assert.Equal(CloseCode.Unauthenticated, gone.Closed);
        Assert.NotNull((await stays.Ask(new() { Ping = new() })).Pong);
    }

    [Fact]
    public async Task A_log_out_of_the_last_session_leaves_the_pair_and_the_partner_reads_that_the_user_left()
    {
        var annId = await NewUser("Ann");
        var (ann, _) = await Client.Hello(_host, annId);
        var (bob, _) = await MatchWith(ann);

        await Client.LogOut(_host, Client.LoginOf(annId));

        Assert.Equal(MemberLeft.Types.Reason.Left, (await bob.ReadEvent()).MemberLeft.Reason);
        Assert.Equal(RoomEnded.Types.Reason.PartnerLeft, (await bob.ReadEvent()).RoomEnded.Reason);
    }

    // An access token outlives its login: with one, a socket could once be opened that no log-out ended any more.
    [Fact]
    public async Task An_ended_login_opens_no_session_and_resumes_none()
    {
        var annId = await NewUser("Ann");
        var (first, welcome) = await Client.Hello(_host, annId);
        first.Break();
        await Client.LogOut(_host, Client.LoginOf(annId));

        foreach (var session in new[] { "", welcome.SessionId })
        {
            var (client, isWelcome) = Open(annId, session);
            Assert.Equal("unauthenticated", Assert.Single(await client.ReadToEnd()).Error.Code);
            Assert.Equal(CloseCode.Unauthenticated, client.Closed);
            Assert.False(await isWelcome);
        }
    }

    [Fact]
    public async Task A_session_is_resumed_by_its_own_login_alone()
    {
        var annId = await NewUser("Ann");
        var (ann, welcome) = await Client.Hello(_host, annId);

        var (_, other) = await Client.Hello(_host, annId, welcome.SessionId, login: await Client.LogIn(_host, annId));

        Assert.False(other.Resumed);
        Assert.NotEqual(welcome.SessionId, other.SessionId);
        Assert.NotNull((await ann.Ask(new() { Ping = new() })).Pong);
    }

    [Fact]
    public async Task A_transport_closes_a_minute_after_its_access_token_has_expired()
    {
        var annId = await NewUser("Ann");
        var (ann, welcome) = await Client.Hello(_host, annId, expiresAt: _host.Clock.Now + TimeSpan.FromMinutes(15));

        _host.Clock.Advance(TimeSpan.FromMinutes(16) - TimeSpan.FromSeconds(1));
        Assert.NotNull((await ann.Ask(new() { Ping = new() })).Pong);
        _host.Clock.Advance(TimeSpan.FromSeconds(1));

        await ann.ReadToEnd();
        Assert.Equal(CloseCode.Unauthenticated, ann.Closed);
        Assert.True((await Client.Hello(_host, annId, welcome.SessionId)).Welcome.Resumed);
    }

    [Fact]
    public async Task A_fresh_access_token_keeps_the_transport_open()
    {
        var annId = await NewUser("Ann");
        var (ann, _) = await Client.Hello(_host, annId, expiresAt: _host.Clock.Now + TimeSpan.FromMinutes(15));
        Assert.NotNull((await ann.Renew(Client.LoginOf(annId), _host.Clock.Now + TimeSpan.FromMinutes(30))).Ack);

        _host.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.NotNull((await ann.Ask(new() { Ping = new() })).Pong);
        _host.Clock.Advance(TimeSpan.FromMinutes(1));

        await ann.ReadToEnd();
        Assert.Equal(CloseCode.Unauthenticated, ann.Closed);
    }

    [Fact]
    public async Task An_access_token_of_another_login_or_user_renews_nothing()
    {
        var (annId, bobId) = (await NewUser("Ann"), await NewUser("Bob"));
        var (ann, _) = await Client.Hello(_host, annId, expiresAt: _host.Clock.Now + TimeSpan.FromMinutes(15));
        var later = _host.Clock.Now + TimeSpan.FromDays(1);

        Assert.Equal("unauthenticated", (await ann.Renew(null, later)).Error.Code);
        Assert.Equal("permission_denied", (await ann.Renew(Client.LoginOf(bobId), later)).Error.Code);
        Assert.Equal("permission_denied", (await ann.Renew(await Client.LogIn(_host, annId), later)).Error.Code);
        _host.Clock.Advance(TimeSpan.FromMinutes(16));

        await ann.ReadToEnd();
        Assert.Equal(CloseCode.Unauthenticated, ann.Closed);
    }

    [Fact]
    public async Task A_session_too_many_is_refused_with_a_time_to_try_again()
    {
        var annId = await NewUser("Ann");
        for (var i = 0; i < 5; i++)
            await Client.Hello(_host, annId);

        var (sixth, isWelcome) = Open(annId);

        var error = Assert.Single(await sixth.ReadToEnd()).Error;
        Assert.Equal(("rate_limited", 20_000), (error.Code, error.RetryAfterMs));
        Assert.Equal(CloseCode.Flooding, sixth.Closed);
        Assert.False(await isWelcome);
    }

    // Sessions that waited for their client once counted as open: a page that was reloaded six times locked its user out.
    [Fact]
    public async Task Sessions_that_wait_make_room_for_new_ones_and_the_longest_waiting_ends()
    {
        var annId = await NewUser("Ann");
        var sessions = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            var (client, welcome) = await Client.Hello(_host, annId);
            sessions.Add(welcome.SessionId);
            client.Break();
            _host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.False((await Client.Hello(_host, annId, sessions[0])).Welcome.Resumed);
        Assert.True((await Client.Hello(_host, annId, sessions[^1])).Welcome.Resumed);
    }

    // No edge lets such a frame through: the session throws on it.
    [Fact]
    public async Task A_session_that_throws_closes_its_transport_with_1011_and_is_resumed_without_loss()
    {
        var annId = await NewUser("Ann");
        var (ann, welcome) = await Client.Hello(_host, annId);
        var (bob, room) = await MatchWith(ann);

        ann.Tell(queue => new ConnectionCommands.Received(queue, null!));
        await ann.ReadToEnd();
        Assert.Equal(CloseCode.Internal, ann.Closed);
        for (var i = 0; i < 5; i++)
            await bob.Ask(Text(room, $"{i}", $"text {i}"));

        var (again, resumed) = await Client.Hello(_host, annId, welcome.SessionId, new Dictionary<string, long> { [room] = 2 });

        Assert.True(resumed.Resumed);
        for (var i = 0; i < 5; i++)
            Assert.Equal(3 + i, (await again.ReadEvent()).Seq);
        Assert.NotNull((await again.Ask(Text(room, "6", "I am here"))).Ack);
    }

    [Fact]
    public async Task A_session_outlives_a_crash_of_the_process()
    {
        var annId = await NewUser("Ann");
        var (ann, welcome) = await Client.Hello(_host, annId);
        var (bob, room) = await MatchWith(ann);
        await bob.Ask(Text(room, "1", "before"));

        using var after = _host.Restart();
        var (again, resumed) = await Client.Hello(after, annId, welcome.SessionId, new Dictionary<string, long> { [room] = 2 });

        Assert.True(resumed.Resumed);
        Assert.Equal(welcome.SessionId, resumed.SessionId);
        Assert.Equal("before", (await again.ReadEvent()).MessagePosted.Text);
    }

    [Fact]
    public async Task A_session_with_a_damaged_journal_is_replaced_by_a_new_one()
    {
        var annId = await NewUser("Ann");
        var (_, welcome) = await Client.Hello(_host, annId);
        Damage($"session-{welcome.SessionId}", 1);

        using var after = _host.Restart();
        var (_, again) = await Client.Hello(after, annId, welcome.SessionId);

        Assert.False(again.Resumed);
    }

    [Fact]
    public async Task A_session_that_comes_back_by_another_node_is_handed_over()
    {
        var annId = await NewUser("Ann");
        var (ann, welcome) = await Client.Hello(_host, annId);
        var (bob, room) = await MatchWith(ann);
        Watch(ann.Session);

        var (moved, isWelcome) = Client.Open(OtherNode(_host), Client.LoginOf(annId), welcome.SessionId, new Dictionary<string, long> { [room] = 2 });

        Assert.True((await moved.Read(frame => frame.Welcome is not null)).Welcome.Resumed);
        Assert.True(await isWelcome);
        ExpectTerminated(ann.Session);
        await ann.ReadToEnd();
        Assert.Equal(CloseCode.Replaced, ann.Closed);
        await bob.Ask(Text(room, "1", "are you there?"));
        Assert.Equal("are you there?", (await moved.ReadEvent()).MessagePosted.Text);
    }

    [Fact]
    public async Task Of_two_nodes_that_resume_a_session_at_once_one_holds_it_in_the_end()
    {
        using var after = _host.Restart();
        var annId = await Client.NewUser(after, "Ann");
        var (ann, welcome) = await Client.Hello(after, annId);
        var kit = new TestKit(after.System);
        kit.Watch(ann.Session);
        ann.Tell(queue => new ConnectionCommands.Received(queue, null!));
        kit.ExpectTerminated(ann.Session);
        var nodes = new[] { after.Region<ConnectionsActor>(), OtherNode(after) };

        var clients = nodes.Select(node => Client.Open(node, Client.LoginOf(annId), welcome.SessionId)).ToList();

        AwaitAssert(() => Assert.Single(clients, client => client.Client.Closed == CloseCode.Replaced));
        var (holder, isWelcome) = clients.Single(client => client.Client.Closed is null);
        Assert.True(await isWelcome);
        Assert.NotNull((await holder.Ask(new() { Ping = new() })).Pong);
    }

    [Fact]
    public async Task Two_writers_of_one_session_which_its_user_did_not_keep_apart_are_kept_apart_by_the_journal()
    {
        var annId = await NewUser("Ann");
        var (_, welcome) = await Client.Hello(_host, annId);
        using var after = _host.Restart();
        after.Replace<UserRegion>(after.System.ActorOf(Props.Create<UserThatGrantsAll>()));
        var (here, _) = await Client.Hello(after, annId, welcome.SessionId);
        var (there, isWelcome) = Client.Open(OtherNode(after), Client.LoginOf(annId), welcome.SessionId);
        Assert.True(await isWelcome);
        var kit = new TestKit(after.System);

        foreach (var writer in new[] { here, there })
        {
            kit.Watch(writer.Session);
            writer.Session.Tell(new UserNotices.SessionEnded(CloseCode.Unauthenticated));
            kit.ExpectTerminated(writer.Session);
        }

        using var connection = after.Services.GetRequiredService<JournalDatabase>().Writers.OpenConnection();
        using var count = connection.CreateCommand();
        count.CommandText = $"SELECT COUNT(*) FROM journal WHERE persistence_id = 'session-{welcome.SessionId}'";
        Assert.Equal(2L, count.ExecuteScalar());
    }

    [Fact]
    public async Task A_session_attaches_again_to_a_room_that_has_stopped()
    {
        var annId = await NewUser("Ann");
        var (ann, welcome) = await Client.Hello(_host, annId);
        var (_, room) = await MatchWith(ann);
        using var after = _host.Restart();
        var kit = new TestKit(after.System);
        var (region, lost) = (kit.CreateTestProbe(), kit.CreateTestProbe());
        after.Replace<RoomRegion>(region.Ref);
        var (again, _) = Client.Open(after.Region<ConnectionsActor>(), Client.LoginOf(annId), welcome.SessionId);
        var attach = region.FishForMessage<RoomCommands.Attach>(_ => true);
        region.Sender.Tell(new RoomReplies.Attached(new() { RoomId = room }, []) { Tag = attach.Tag }, lost.Ref);
        await again.Read(frame => frame.Welcome is not null);

        after.System.Stop(lost.Ref);

        Assert.Equal(room, region.FishForMessage<RoomCommands.Attach>(_ => true).RoomId.Value);
    }

    [Fact]
    public async Task A_message_more_than_64_unanswered_ones_is_refused_with_a_time_to_try_again()
    {
        using var after = _host.Restart(settings: [("WebChat:Limits:MessageBurst", "1000")]);
        var annId = await Client.NewUser(after, "Ann");
        after.Replace<RoomRegion>(new TestKit(after.System).CreateTestProbe().Ref);
        var (ann, _) = await Client.Hello(after, annId);
        var room = RoomId.New(DateTimeOffset.UnixEpoch).Value;
        for (var i = 0; i < 64; i++)
            ann.Say(Text(room, $"{i}", "unanswered"));

        var error = (await ann.Ask(Text(room, "64", "one too many"))).Error;

        Assert.Equal(("rate_limited", 10_000), (error.Code, error.RetryAfterMs));
        after.Time.Advance(TimeSpan.FromMilliseconds(error.RetryAfterMs));
        after.Clock.Advance(TimeSpan.FromMilliseconds(error.RetryAfterMs));
        Assert.Equal("deadline_exceeded", (await ann.Read(_ => true)).Error.Code);
        var another = ann.Say(Text(room, "64", "one more"));
        ann.Say(new() { Ping = new() });
        Assert.DoesNotContain(another, new[] { (await ann.Read(frame => frame.Error is null || frame.ReplyTo == another)).ReplyTo });
    }

    [Fact]
    public async Task Bad_frames_are_answered_and_the_transport_stays_open()
    {
        var (ann, _, room) = await Matched();

        Assert.Equal("failed_precondition", (await ann.Ask(new() { Hello = new() })).Error.Code);
        Assert.Equal("invalid_argument", (await ann.Ask(new())).Error.Code);
        Assert.Equal("text", (await ann.Ask(Text(room, "1", "   "))).Error.Field);
        Assert.Equal("text", (await ann.Ask(Text(room, "1", new string('x', 2_001)))).Error.Field);
        Assert.Equal("client_id", (await ann.Ask(Text(room, "", "hello"))).Error.Field);
        Assert.Equal("room_id", (await ann.Ask(Text("elsewhere", "1", "hello"))).Error.Field);
        Assert.Equal("not_found", (await ann.Ask(Text(Guid.CreateVersion7().ToString("N"), "1", "hello"))).Error.Code);
        Assert.NotNull((await ann.Ask(Text(room, "1", new string('x', 2_000)))).Ack);
    }

    [Fact]
    public async Task Frames_beyond_the_burst_are_refused_with_a_time_to_try_again()
    {
        var (ann, _) = await Client.Hello(_host, await NewUser("Ann"));
        for (var i = 0; i < 30; i++)
            Assert.NotNull((await ann.Ask(new() { Ping = new() })).Pong);

        var refused = (await ann.Ask(new() { Ping = new() })).Error;

        Assert.Equal("rate_limited", refused.Code);
        Assert.InRange(refused.RetryAfterMs, 1, 1_000);
        _host.Time.Advance(TimeSpan.FromMilliseconds(refused.RetryAfterMs));
        Assert.NotNull((await ann.Ask(new() { Ping = new() })).Pong);
    }

    [Fact]
    public async Task What_is_never_answered_is_not_refused_either()
    {
        var (ann, _) = await Client.Hello(_host, await NewUser("Ann"));
        for (var i = 0; i < 30; i++)
            await ann.Ask(new() { Ping = new() });

        ann.Say(new() { Typing = new() { RoomId = "elsewhere", Active = true } });
        ann.Say(new() { Received = new() { RoomId = "elsewhere", Seq = 1 } });
        var last = ann.Say(new() { Ping = new() });

        Assert.Equal(last, (await ann.Read(_ => true)).ReplyTo);
    }

    [Fact]
    public async Task A_flooding_client_is_cut_off()
    {
        var (ann, _) = await Client.Hello(_host, await NewUser("Ann"));
        for (var i = 0; i < 400; i++)
            ann.Say(new() { Ping = new() });

        await ann.ReadToEnd();
        Assert.Equal(CloseCode.Flooding, ann.Closed);
    }

    [Fact]
    public async Task On_drain_every_client_is_told_to_go_away()
    {
        var (ann, _) = await Client.Hello(_host, await NewUser("Ann"));

        var drained = _host.Region<ConnectionsActor>().Ask<Done>(ConnectionCommands.Drain.Instance, TimeSpan.FromSeconds(5));

        Assert.NotNull((await ann.ReadToEnd()).Last().GoAway);
        Assert.Equal(CloseCode.GoingAway, ann.Closed);
        await drained;
    }

    [Fact]
    public async Task A_group_is_made_joined_and_left()
    {
        var (annId, bobId) = (await NewUser("Ann"), await NewUser("Bob"));
        var (ann, _) = await Client.Hello(_host, annId);
        var (bob, _) = await Client.Hello(_host, bobId);
        var made = await _host.Region<UserRegion>().Ask<UserReplies.Entered>(new UserCommands.CreateRoom(annId, "Tea", 3, true), TimeSpan.FromSeconds(5));
        var room = made.RoomId.Value;
        Assert.Equal(room, (await ann.Read(frame => frame.Room is not null)).Room.RoomId);

        var joined = (await bob.Ask(new() { Join = new() { RoomId = room } })).Room;
        Assert.Equal(2, joined.Members.Count);
        Assert.Equal("Bob", (await ann.ReadEvent()).MemberJoined.Member.Nickname);
        await ann.Ask(Text(room, "1", "welcome"));
        Assert.Equal(joined.LastSeq + 1, (await bob.ReadEvent()).Seq);
        Assert.Equal(Room.Types.State.Active, (await bob.Ask(new() { Leave = new() { RoomId = room } })).Room.State);

        Assert.Equal(MemberLeft.Types.Reason.Left, (await ann.Read(frame => frame.Event?.MemberLeft is not null)).Event.MemberLeft.Reason);
        Assert.Equal("permission_denied", (await bob.Ask(Text(room, "2", "too late"))).Error.Code);
    }

    [Fact]
    public async Task What_a_client_has_received_and_read_is_told_to_its_partner_and_outlives_a_failure_of_the_room()
    {
        var annId = await NewUser("Ann");
        var (ann, _) = await Client.Hello(_host, annId);
        var (bob, room) = await MatchWith(ann);
        var read = (await ann.Ask(Text(room, "1", "hello"))).Ack.Seq;
        var received = (await ann.Ask(Text(room, "2", "are you there?"))).Ack.Seq;

        bob.Say(new() { Received = new() { RoomId = room, Seq = received } });
        Assert.Equal(read, (await bob.Ask(new() { Read = new() { RoomId = room, Seq = read } })).Ack.Seq);
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(read, (await ann.Read(frame => frame.Read is not null)).Read.Seq);
        Assert.Equal(received, (await ann.Read(frame => frame.Delivered is not null)).Delivered.Seq);

        // No user parts from null: the room throws on it, and is told anew by the sessions what it does not keep.
        _host.Region<RoomRegion>().Tell(new RoomCommands.Part(new(room), annId, null!), TestActor);
        ExpectMsg<Rejection>(rejection => rejection.Code == ErrorCode.Internal);
        AwaitAssert(() =>
        {
            _host.Region<RoomRegion>().Tell(new RoomQueries.GetRoom(new(room), annId), TestActor);
            var partner = ExpectMsg<RoomReplies.RoomIs>().Room.Members.Single(member => !member.You);
            Assert.Equal((received, read), (partner.ReceivedSeq, partner.ReadSeq));
        });
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _host.Dispose();
    }

    private (Client Client, Task<bool> IsWelcome) Open(UserId user, string session = "", IReadOnlyDictionary<string, long>? cursors = null) =>
        Client.Open(_host.Region<ConnectionsActor>(), Client.LoginOf(user), session, cursors);

    private static IActorRef OtherNode(ActorHost host) => host.System.ActorOf(Props.Create<ConnectionsActor>(Unmeasured.Metrics()));

    private void Damage(string persistenceId, long sequenceNr)
    {
        using var connection = _host.Services.GetRequiredService<JournalDatabase>().Writers.OpenConnection();
        using var damage = connection.CreateCommand();
        damage.CommandText = $"UPDATE journal SET message = x'FFFFFF' WHERE persistence_id = '{persistenceId}' AND sequence_number = {sequenceNr}";
        Assert.Equal(1, damage.ExecuteNonQuery());
    }

    private Task<UserId> NewUser(string nickname) => Client.NewUser(_host, nickname);

    private async Task<(Client Ann, Client Bob, string Room)> Matched()
    {
        var (ann, _) = await Client.Hello(_host, await NewUser("Ann"));
        var (bob, room) = await MatchWith(ann);
        return (ann, bob, room);
    }

    private async Task<(Client Bob, string Room)> MatchWith(Client ann)
    {
        var (bob, _) = await Client.Hello(_host, await NewUser("Bob"));
        return (bob, (await Client.Match(ann, bob)).RoomId);
    }

    private static ClientFrame Text(string room, string clientId, string text) =>
        new() { Send = new() { RoomId = room, ClientId = clientId, Text = text } };

    private sealed class UserThatGrantsAll : ReceiveActor
    {
        public UserThatGrantsAll()
        {
            Receive<UserCommands.AttachSession>(attach => Sender.Tell(new UserReplies.SessionAttached([], new HashSet<UserId>()) { Tag = attach.Tag }));
            Receive<UserQueries.GetSearch>(query => Sender.Tell(new MatcherReplies.SearchIs(new()) { Tag = query.Tag }));
            ReceiveAny(_ => { });
        }
    }
}
