using Akka.Actor;
using Akka.TestKit.Xunit2;
using WebChat.Actors;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;
using Kind = WebChat.V1.Signal.Types.Kind;
using Reason = WebChat.V1.CallEnded.Types.Reason;

namespace WebChat.Tests.Actors.Rooms;

/// <summary>Who hears a signal, and what time does to a call.</summary>
public sealed class RoomCallActorTests : TestKit
{
    private static readonly TimeSpan RingFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(15);

    private readonly ActorHost _host;
    private readonly RoomId _id = RoomId.New(DateTimeOffset.UnixEpoch);
    private readonly Person _ann = new(UserId.New(DateTimeOffset.UnixEpoch), "Ann");
    private readonly Person _bob = new(UserId.New(DateTimeOffset.UnixEpoch), "Bob");
    private IActorRef _rooms;

    public RoomCallActorTests() : this(ActorHost.Start())
    {
    }

    private RoomCallActorTests(ActorHost host) : base(host.System)
    {
        _host = host;
        _rooms = host.Region<RoomRegion>();
        _rooms.Tell(new RoomCommands.OpenPair(_id, _ann, _bob, Mode.Voice), TestActor);
        Assert.Equal(Mode.Voice, ExpectMsg<RoomReplies.RoomIs>().Room.Mode);
    }

    [Fact]
    public void A_call_rings_at_every_session_of_the_partner_and_goes_on_with_the_one_that_answers()
    {
        var (ann, phone, desk) = (Attach(_ann), Attach(_bob), Attach(_bob));

        Says(ann, Kind.Offer);
        foreach (var session in new[] { phone, desk })
        {
            Assert.Equal(_ann.Nickname, NicknameOf(session, session.Event(e => e.CallStarted is not null).CallStarted.ByMemberId));
            Assert.Equal((Kind.Offer, "Offer of Ann"), session.NextSignal());
        }

        Says(phone, Kind.Answer);
        Assert.Equal((Kind.Answer, "Answer of Bob"), ann.NextSignal());
        desk.Event(e => e.CallAnswered is not null);
        Says(ann, Kind.Candidate);
        Assert.Equal((Kind.Candidate, "Candidate of Ann"), phone.NextSignal());
        Says(ann, Kind.HangUp);
        Assert.Equal(Reason.HungUp, desk.Event(e => e.CallEnded is not null, noSignals: true).CallEnded.Reason);
    }

    [Fact]
    public void Another_session_neither_answers_again_nor_cuts_in_but_may_hang_up()
    {
        var (ann, annToo, phone, desk) = (Attach(_ann), Attach(_ann), Attach(_bob), Attach(_bob));
        Says(ann, Kind.Offer);
        Assert.Equal(ErrorCode.FailedPrecondition, Refused(annToo, Kind.Offer).Code);
        Says(phone, Kind.Answer);

        foreach (var kind in new[] { Kind.Offer, Kind.Answer, Kind.Candidate })
        {
            Assert.Equal(ErrorCode.FailedPrecondition, Refused(desk, kind).Code);
            Assert.Equal(ErrorCode.FailedPrecondition, Refused(annToo, kind).Code);
        }

        Says(desk, Kind.HangUp);
        Assert.Equal(Reason.HungUp, ann.Event(e => e.CallEnded is not null).CallEnded.Reason);
    }

    [Fact]
    public void A_session_that_attaches_while_a_call_rings_receives_its_signals()
    {
        var ann = Attach(_ann);
        Says(ann, Kind.Offer);
        Says(ann, Kind.Candidate);

        var bob = Attach(_bob);

        Assert.Equal(Kind.Offer, bob.NextSignal().Kind);
        Assert.Equal(Kind.Candidate, bob.NextSignal().Kind);
        Says(bob, Kind.Answer);
        var late = Attach(_bob);
        Says(ann, Kind.HangUp);
        late.Event(e => e.CallEnded is not null, noSignals: true);
    }

    [Fact]
    public void An_unanswered_call_is_missed_and_the_next_one_rings_anew()
    {
        var (ann, bob) = (Attach(_ann), Attach(_bob));
        Says(ann, Kind.Offer);
        Assert.Equal(Call.Types.State.Ringing, Seen(bob).Call.State);

        _host.Clock.Advance(RingFor);

        Assert.Equal(Reason.Missed, ann.Event(e => e.CallEnded is not null).CallEnded.Reason);
        Assert.Null(Seen(bob).Call);
        Says(bob, Kind.Offer);
        Assert.Equal(Kind.Offer, ann.NextSignal().Kind);
    }

    [Fact]
    public void A_party_without_a_transport_is_lost_unless_it_returns_in_time()
    {
        var (ann, bob) = Talk();

        SetOnline(bob, false);
        _host.Clock.Advance(LostAfter - TimeSpan.FromSeconds(1));
        SetOnline(bob, true);
        Assert.Equal(Call.Types.State.Active, Seen(ann).Call.State);
        _host.Clock.Advance(LostAfter);
        Assert.Equal(Call.Types.State.Active, Seen(ann).Call.State);
        SetOnline(bob, false);
        Seen(ann);
        _host.Clock.Advance(LostAfter);

        var ended = ann.Event(e => e.CallEnded is not null).CallEnded;
        Assert.Equal((Reason.Lost, "Bob"), (ended.Reason, NicknameOf(ann, ended.ByMemberId)));
    }

    [Fact]
    public void A_caller_lost_while_it_rings_leaves_a_missed_call()
    {
        var (ann, bob) = (Attach(_ann), Attach(_bob));
        Says(ann, Kind.Offer);

        Sys.Stop(ann.Probe.Ref);
        bob.Probe.FishForMessage<RoomNotices.Passing>(passing => passing.Frame.Frame.Presence is { Online: false });
        _host.Clock.Advance(LostAfter);

        Assert.Equal(Reason.Missed, bob.Event(e => e.CallEnded is not null).CallEnded.Reason);
    }

    [Fact]
    public void Another_session_takes_over_from_one_that_is_gone()
    {
        var (ann, bob) = Talk();
        Sys.Stop(bob.Probe.Ref);
        ann.Probe.FishForMessage<RoomNotices.Passing>(passing => passing.Frame.Frame.Presence is { Online: false });

        var next = Attach(_bob);
        Says(next, Kind.Offer);
        Assert.Equal((Kind.Offer, "Offer of Bob"), ann.NextSignal());
        Says(ann, Kind.Answer);

        Assert.Equal((Kind.Answer, "Answer of Ann"), next.NextSignal());
        _host.Clock.Advance(LostAfter);
        Assert.Equal(Call.Types.State.Active, Seen(ann).Call.State);
    }

    [Fact]
    public void A_call_outlives_the_process_if_both_come_back_in_time()
    {
        Talk();

        using var second = Restart();
        var (ann, bob) = (Attach(_ann, second), Attach(_bob, second));
        Assert.Equal(Call.Types.State.Active, Seen(ann).Call.State);
        second.Clock.Advance(LostAfter);
        Assert.Equal(Call.Types.State.Active, Seen(ann).Call.State);
        Says(ann, Kind.Offer);

        Assert.Equal(Kind.Offer, bob.NextSignal().Kind);
    }

    [Fact]
    public void A_call_without_parties_after_a_restart_ends()
    {
        Talk();

        using var second = Restart();
        var ann = Attach(_ann, second);
        second.Clock.Advance(LostAfter);

        var ended = ann.Event(e => e.CallEnded is not null).CallEnded;
        Assert.Equal((Reason.Lost, "Bob"), (ended.Reason, NicknameOf(ann, ended.ByMemberId)));
    }

    [Fact]
    public void A_call_that_rang_when_the_process_died_is_missed_when_its_time_is_over()
    {
        Says(Attach(_ann), Kind.Offer);

        using var second = Restart();
        var ann = Attach(_ann, second);
        second.Clock.Advance(RingFor);

        Assert.Equal(Reason.Missed, ann.Event(e => e.CallEnded is not null).CallEnded.Reason);
    }

    [Fact]
    public void A_call_is_no_silence()
    {
        var (ann, _) = Talk();

        _host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Room.Types.State.Active, Seen(ann).State);
        Says(ann, Kind.HangUp);
        ann.Event(e => e.CallEnded is not null);
        _host.Clock.Advance(TimeSpan.FromMinutes(5));

        ann.Event(e => e.PromptOpened is not null);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _host.Dispose();
    }

    private (Session Ann, Session Bob) Talk()
    {
        var (ann, bob) = (Attach(_ann), Attach(_bob));
        Says(ann, Kind.Offer);
        Says(bob, Kind.Answer);
        Assert.Equal(Kind.Offer, bob.NextSignal().Kind);
        Assert.Equal(Kind.Answer, ann.NextSignal().Kind);
        return (ann, bob);
    }

    private ActorHost Restart()
    {
        var second = _host.Restart();
        _rooms = second.Region<RoomRegion>();
        return second;
    }

    private Session Attach(Person member, ActorHost? host = null)
    {
        var kit = host is null ? this : new TestKit(host.System);
        var session = new Session(member, SessionId.New(DateTimeOffset.UnixEpoch), kit.CreateTestProbe(), kit.CreateTestProbe());
        _rooms.Tell(new RoomCommands.Attach(_id, member.UserId, session.Id, true), session.Probe.Ref);
        session.Probe.ExpectMsg<RoomReplies.Attached>();
        return session;
    }

    private void SetOnline(Session session, bool online) => _rooms.Tell(new RoomCommands.SetOnline(_id, session.Who.UserId, session.Id, online));

    private void Says(Session session, Kind kind)
    {
        Send(session, kind);
        session.Answers.ExpectMsg<RoomReplies.Changed>();
    }

    private Rejection Refused(Session session, Kind kind)
    {
        Send(session, kind);
        return session.Answers.ExpectMsg<Rejection>();
    }

    private void Send(Session session, Kind kind) => _rooms.Tell(
        new RoomCommands.Signal(_id, session.Who.UserId, session.Id, kind, new($"{kind} of {session.Who.Nickname}"), ""), session.Answers.Ref);

    private Room Seen(Session session)
    {
        _rooms.Tell(new RoomQueries.GetRoom(_id, session.Who.UserId), session.Answers.Ref);
        return session.Answers.ExpectMsg<RoomReplies.RoomIs>().Room;
    }

    private string NicknameOf(Session reader, string member) => Seen(reader).Members.Single(m => m.MemberId == member).Nickname;

    private sealed record Session(Person Who, SessionId Id, global::Akka.TestKit.TestProbe Probe, global::Akka.TestKit.TestProbe Answers)
    {
        public (Kind Kind, string Payload) NextSignal()
        {
            var signal = Probe.FishForMessage<RoomNotices.Passing>(passing => passing.Frame.Frame.Signal is not null).Frame.Frame.Signal;
            return (signal.Kind, signal.Payload);
        }

        public RoomEvent Event(Func<RoomEvent, bool> meant, bool noSignals = false) => ((RoomNotices.Happened)Probe.FishForMessage(message =>
        {
            if (noSignals)
                Assert.False(message is RoomNotices.Passing { Frame.Frame.Signal: not null }, "a signal came that is not for this session");
            return message is RoomNotices.Happened happened && meant(happened.Frame.Frame.Event);
        })).Frame.Frame.Event;
    }
}
