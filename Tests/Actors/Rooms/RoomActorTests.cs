using Akka.Actor;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Actors.Persistence;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;

namespace WebChat.Tests.Actors.Rooms;

public sealed class RoomActorTests : TestKit
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    private readonly ActorHost _host;
    private readonly IActorRef _rooms;
    private readonly RoomId _id = RoomId.New(DateTimeOffset.UnixEpoch);
    private readonly Person _ann = new(UserId.New(DateTimeOffset.UnixEpoch), "Ann");
    private readonly Person _bob = new(UserId.New(DateTimeOffset.UnixEpoch), "Bob");

    public RoomActorTests() : this(ActorHost.Start())
    {
    }

    private RoomActorTests(ActorHost host) : base(host.System)
    {
        _host = host;
        _rooms = host.Region<RoomRegion>();
    }

    [Fact]
    public void A_message_is_told_to_both_and_acknowledged_with_its_seq()
    {
        var (ann, bob) = Meet();

        _rooms.Tell(Say(_ann, "1", "hello"), TestActor);

        var ack = ExpectMsg<RoomReplies.Posted>();
        Assert.Equal(3, ack.Seq);
        foreach (var probe in new[] { ann, bob })
        {
            var happened = probe.FishForMessage<RoomNotices.Happened>(_ => true);
            Assert.Equal(3, happened.Seq);
            Assert.Equal("hello", happened.Frame.Frame.Event.MessagePosted.Text);
            Assert.Equal(ack.MessageId.Value, happened.Frame.Frame.Event.MessagePosted.MessageId);
        }
    }

    [Fact]
    public void The_same_message_again_gets_the_first_acknowledgement_and_is_told_once()
    {
        var (_, bob) = Meet();

        _rooms.Tell(Say(_ann, "1", "hello"), TestActor);
        _rooms.Tell(Say(_ann, "1", "hello"), TestActor);
        _rooms.Tell(Say(_ann, "2", "end"), TestActor);

        Assert.Equal(ExpectMsg<RoomReplies.Posted>(), ExpectMsg<RoomReplies.Posted>());
        Assert.Equal(4, ExpectMsg<RoomReplies.Posted>().Seq);
        Assert.Equal(["hello", "end"], TextsOf(bob, 2));
    }

    [Fact]
    public void A_room_that_throws_comes_back_from_its_journal_and_goes_on()
    {
        var (_, bob) = Meet();
        _rooms.Tell(Say(_ann, "1", "before"), TestActor);
        ExpectMsg<RoomReplies.Posted>();

        _rooms.Tell(Poison(), TestActor);
        _rooms.Tell(Say(_ann, "2", "after"), TestActor);

        Assert.Equal(ErrorCode.Internal, ExpectMsg<Rejection>().Code);
        Assert.Equal(4, ExpectMsg<RoomReplies.Posted>().Seq);
        bob.FishForMessage<RoomNotices.Forgotten>(_ => true);
        Attach(_bob, bob);
        Assert.Equal(4, bob.FishForMessage<RoomReplies.Attached>(_ => true).Room.LastSeq);
        _rooms.Tell(Say(_ann, "1", "before"), TestActor);
        Assert.Equal(3, ExpectMsg<RoomReplies.Posted>().Seq);
    }

    [Fact]
    public void A_room_that_throws_too_often_rests_and_says_when_to_try_again()
    {
        Meet();
        for (var i = 0; i < 4; i++)
        {
            _rooms.Tell(Poison(), TestActor);
            ExpectMsg<Rejection>(rejection => rejection.Code == ErrorCode.Internal);
        }

        // A request that came before the parent had heard of the end once woke the room over and over.
        _rooms.Tell(new RoomQueries.GetRoom(_id, _ann.UserId), TestActor);
        var rejection = ExpectMsg<Rejection>();
        Assert.Equal(ErrorCode.Unavailable, rejection.Code);
        Assert.True(rejection.RetryAfter > TimeSpan.Zero);
        var failing = _host.Services.GetRequiredService<FailingEntities>();
        Assert.Equal(("rooms", _id.Value), Assert.Single(failing.Now.Select(entity => (entity.Region, entity.Entity))));
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        _rooms.Tell(new RoomQueries.GetRoom(_id, _ann.UserId), TestActor);

        Assert.Equal(2, ExpectMsg<RoomReplies.RoomIs>().Room.LastSeq);
        AwaitAssert(() => Assert.Empty(failing.Now));
    }

    [Fact]
    public void A_partner_learns_of_the_leave_and_of_the_end()
    {
        var (_, bob) = Meet();

        _rooms.Tell(new RoomCommands.Leave(_id, _ann.UserId), TestActor);

        Assert.Equal(Room.Types.State.Ended, ExpectMsg<RoomReplies.RoomIs>().Room.State);
        Assert.Equal(MemberLeft.Types.Reason.Left, NextEvent(bob).MemberLeft.Reason);
        Assert.Equal(RoomEnded.Types.Reason.PartnerLeft, NextEvent(bob).RoomEnded.Reason);
    }

    [Fact]
    public void A_member_without_a_session_for_the_grace_time_leaves_and_the_partner_is_told()
    {
        var (ann, bob) = Meet();

        Sys.Stop(ann.Ref);
        bob.FishForMessage<RoomNotices.Passing>(passing => passing.Frame.Frame.Presence is { Online: false });
        _host.Clock.Advance(Grace);

        Assert.Equal(MemberLeft.Types.Reason.Absent, NextEvent(bob).MemberLeft.Reason);
        Assert.Equal(RoomEnded.Types.Reason.PartnerAbsent, NextEvent(bob).RoomEnded.Reason);
    }

    [Fact]
    public void A_member_that_returns_within_the_grace_time_stays()
    {
        var (ann, bob) = Meet();
        Sys.Stop(ann.Ref);
        bob.FishForMessage<RoomNotices.Passing>(passing => passing.Frame.Frame.Presence is { Online: false });
        _host.Clock.Advance(Grace / 2);

        var again = CreateTestProbe();
        Attach(_ann, again);
        again.ExpectMsg<RoomReplies.Attached>();
        _host.Clock.Advance(Grace * 2);
        _rooms.Tell(Say(_ann, "1", "still here"), TestActor);

        ExpectMsg<RoomReplies.Posted>();
        Assert.Equal(["still here"], TextsOf(bob, 1));
    }

    [Fact]
    public void After_a_restart_of_the_process_a_room_has_its_history_and_waits_for_its_members()
    {
        Meet();
        _rooms.Tell(Say(_ann, "1", "hello"), TestActor);
        var ack = ExpectMsg<RoomReplies.Posted>();

        using var second = _host.Restart();
        var probe = new global::Akka.TestKit.Xunit2.TestKit(second.System).CreateTestProbe();
        var rooms = second.Region<RoomRegion>();
        rooms.Tell(Say(_ann, "1", "hello"), probe.Ref);
        Assert.Equal(ack, probe.ExpectMsg<RoomReplies.Posted>());
        rooms.Tell(new RoomCommands.Attach(_id, _ann.UserId, SessionId.New(DateTimeOffset.UnixEpoch), true), probe.Ref);
        Assert.Equal(Room.Types.State.Active, probe.ExpectMsg<RoomReplies.Attached>().Room.State);
        second.Clock.Advance(Grace);

        Assert.Equal(MemberLeft.Types.Reason.Absent, NextEvent(probe).MemberLeft.Reason);
    }

    [Fact]
    public void The_last_64_messages_of_a_member_are_acknowledged_again_after_a_restart_through_a_snapshot()
    {
        Meet();
        for (var i = 0; i < 250; i++)
            _rooms.Tell(Say(_ann, $"{i}", $"text {i}"), TestActor);
        var acks = ReceiveN(250).Cast<RoomReplies.Posted>().ToList();
        Assert.Equal(Enumerable.Range(3, 250).Select(i => (long)i), acks.Select(ack => ack.Seq));

        _rooms.Tell(Poison(), TestActor);
        ExpectMsg<Rejection>();
        for (var i = 250 - 64; i < 250; i++)
            _rooms.Tell(Say(_ann, $"{i}", $"text {i}"), TestActor);

        Assert.Equal(acks.TakeLast(64), ReceiveN(64).Cast<RoomReplies.Posted>());
    }

    [Fact]
    public void Typing_and_read_marks_reach_the_other_side_only()
    {
        var (ann, bob) = Meet();

        _rooms.Tell(new RoomCommands.SetTyping(_id, _ann.UserId, true));
        _rooms.Tell(new RoomCommands.MarkRead(_id, _ann.UserId, 99), TestActor);

        Assert.Equal(2, ExpectMsg<RoomReplies.Read>().Seq);
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(bob.FishForMessage<RoomNotices.Passing>(p => p.Frame.Frame.Typing is not null).Frame.Frame.Typing.Active);
        Assert.Equal(2, bob.FishForMessage<RoomNotices.Passing>(p => p.Frame.Frame.Read is not null).Frame.Frame.Read.Seq);
        _rooms.Tell(Say(_bob, "1", "end"), TestActor);
        ann.FishForMessage(m =>
        {
            Assert.False(m is RoomNotices.Passing { Frame.Frame: { Typing: not null } or { Read: not null } }, "the sender's own marks came back");
            return m is RoomNotices.Happened;
        });
    }

    [Fact]
    public void A_pair_is_asked_by_the_clock_and_a_yes_of_both_shows_more()
    {
        var (ann, bob) = Meet();

        _host.Clock.Advance(TimeSpan.FromMinutes(5));
        var prompt = ann.FishForMessage<RoomNotices.Happened>(h => h.Frame.Frame.Event.PromptOpened is not null).Frame.Frame.Event.PromptOpened;
        _rooms.Tell(new RoomCommands.Answer(_id, _ann.UserId, prompt.PromptId, true), TestActor);
        ExpectMsg<RoomReplies.Changed>();
        _rooms.Tell(new RoomCommands.Answer(_id, _bob.UserId, prompt.PromptId, true), TestActor);
        ExpectMsg<RoomReplies.Changed>();

        Assert.Equal(1, bob.FishForMessage<RoomNotices.Happened>(h => h.Frame.Frame.Event.RevealRaised is not null).Frame.Frame.Event.RevealRaised.Level);
        _rooms.Tell(new RoomQueries.GetRoom(_id, _bob.UserId), TestActor);
        Assert.Equal(1, ExpectMsg<RoomReplies.RoomIs>().Room.RevealLevel);
    }

    [Fact]
    public void A_question_is_asked_at_its_time_also_when_the_process_was_down_in_between()
    {
        Meet();
        _host.Clock.Advance(TimeSpan.FromMinutes(3));
        var then = _host.Clock.Now;

        using var second = _host.Restart();
        second.Clock.AdvanceTo(then);
        var probe = new TestKit(second.System).CreateTestProbe();
        second.Region<RoomRegion>().Tell(new RoomCommands.Attach(_id, _ann.UserId, SessionId.New(DateTimeOffset.UnixEpoch), true), probe.Ref);
        probe.ExpectMsg<RoomReplies.Attached>();
        second.Region<RoomRegion>().Tell(new RoomCommands.Attach(_id, _bob.UserId, SessionId.New(DateTimeOffset.UnixEpoch), true), probe.Ref);
        second.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.NotNull(probe.FishForMessage<RoomNotices.Happened>(h => h.Frame.Frame.Event.PromptOpened is not null));
    }

    [Fact]
    public void Silence_ends_a_pair_and_a_kept_one_bears_it()
    {
        var (ann, bob) = Meet();
        _rooms.Tell(new RoomCommands.Keep(_id, _ann.UserId), TestActor);
        ExpectMsg<RoomReplies.Changed>();
        var prompt = bob.FishForMessage<RoomNotices.Happened>(h => h.Frame.Frame.Event.PromptOpened is not null).Frame.Frame.Event.PromptOpened;
        _rooms.Tell(new RoomCommands.Answer(_id, _bob.UserId, prompt.PromptId, true), TestActor);
        ExpectMsg<RoomReplies.Changed>();

        _host.Clock.Advance(TimeSpan.FromHours(2));
        Sys.Stop(ann.Ref);
        _host.Clock.Advance(TimeSpan.FromHours(2));
        _rooms.Tell(new RoomQueries.GetRoom(_id, _bob.UserId), TestActor);

        Assert.Equal(Room.Types.State.Kept, ExpectMsg<RoomReplies.RoomIs>().Room.State);
    }

    [Fact]
    public async Task Changes_to_messages_are_told_and_remembered()
    {
        var (_, bob) = Meet();
        _rooms.Tell(Say(_ann, "1", "helo"), TestActor);
        var message = ExpectMsg<RoomReplies.Posted>().MessageId;

        _rooms.Tell(new RoomCommands.Edit(_id, _ann.UserId, message, new("hello")), TestActor);
        ExpectMsg<RoomReplies.Changed>();
        _rooms.Tell(new RoomCommands.React(_id, _bob.UserId, message, new("👍"), true), TestActor);
        ExpectMsg<RoomReplies.Changed>();
        _rooms.Tell(Poison(), TestActor);
        ExpectMsg<Rejection>();

        var read = Assert.Single((await _host.Services.GetRequiredService<RoomHistory>().ListMessages(_id, long.MaxValue, 50, new("nobody"), default)).Messages);
        Assert.Equal("hello", read.Text);
        Assert.Equal("👍", Assert.Single(read.Reactions).Emoji);
        Assert.Equal("hello", bob.FishForMessage<RoomNotices.Happened>(h => h.Frame.Frame.Event.MessageEdited is not null).Frame.Frame.Event.MessageEdited.Text);
    }

    [Fact]
    public void Nothing_that_a_room_tells_leads_back_to_a_user()
    {
        var (_, bob) = Meet();
        _rooms.Tell(Say(_ann, "1", "hello"), TestActor);
        ExpectMsg<RoomReplies.Posted>();
        _rooms.Tell(new RoomQueries.GetRoom(_id, _bob.UserId), TestActor);

        var view = ExpectMsg<RoomReplies.RoomIs>().Room.ToString();
        var happened = bob.FishForMessage<RoomNotices.Happened>(_ => true).Frame.Frame.ToString();

        Assert.DoesNotContain(_ann.UserId.Value, view + happened);
        Assert.DoesNotContain(_bob.UserId.Value, view + happened);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _host.Dispose();
    }

    private (global::Akka.TestKit.TestProbe Ann, global::Akka.TestKit.TestProbe Bob) Meet()
    {
        _rooms.Tell(new RoomCommands.OpenPair(_id, _ann, _bob), TestActor);
        ExpectMsg<RoomReplies.RoomIs>();
        var (ann, bob) = (CreateTestProbe(), CreateTestProbe());
        Attach(_ann, ann);
        ann.ExpectMsg<RoomReplies.Attached>();
        Attach(_bob, bob);
        bob.ExpectMsg<RoomReplies.Attached>();
        return (ann, bob);
    }

    private void Attach(Person person, global::Akka.TestKit.TestProbe probe) =>
        _rooms.Tell(new RoomCommands.Attach(_id, person.UserId, SessionId.New(DateTimeOffset.UnixEpoch), true), probe.Ref);

    private RoomCommands.Send Say(Person author, string clientId, string text) => new(_id, author.UserId, new(clientId), new(text), "");

    // No user parts from null: the room throws on it.
    private RoomCommands.Part Poison() => new(_id, _ann.UserId, null!);

    private static RoomEvent NextEvent(global::Akka.TestKit.TestProbe probe) =>
        probe.FishForMessage<RoomNotices.Happened>(_ => true).Frame.Frame.Event;

    private static IEnumerable<string> TextsOf(global::Akka.TestKit.TestProbe probe, int count) =>
        Enumerable.Range(0, count)
            .Select(_ => probe.FishForMessage<RoomNotices.Happened>(h => h.Frame.Frame.Event.MessagePosted is not null).Frame.Frame.Event.MessagePosted.Text)
            .ToList();
}
