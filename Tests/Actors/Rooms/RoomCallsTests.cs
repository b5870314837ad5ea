using Google.Protobuf;
using WebChat.Actors;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Actors.Options;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;
using CallAnswered = WebChat.Journal.V1.CallAnswered;
using CallEnded = WebChat.Journal.V1.CallEnded;
using Kind = WebChat.V1.Signal.Types.Kind;
using Reason = WebChat.V1.CallEnded.Types.Reason;
using RoomEnded = WebChat.Journal.V1.RoomEnded;

namespace WebChat.Tests.Actors.Rooms;

/// <summary>What signals and time make of the call of a pair.</summary>
public sealed class RoomCallsTests
{
    private static readonly RoomOptions Options = new();
    private static readonly TimeSpan RingFor = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset Start = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly RoomId Id = RoomId.New(Start);
    private static readonly SessionId Session = SessionId.New(Start);
    private static readonly Person Ann = new(UserId.New(Start), "Ann");
    private static readonly Person Bob = new(UserId.New(Start), "Bob");

    private readonly RoomState _room = RoomState.Initial.After(s => s.Open(new RoomCommands.OpenPair(Id, Ann, Bob, Mode.Voice), Start));

    [Fact]
    public void An_offer_makes_it_ring_and_an_answer_makes_the_call_active()
    {
        var ringing = Signals(_room, Ann, Kind.Offer);
        Assert.Equal((IdOf(Ann), Start + RingFor, null), (ringing.Call!.By, ringing.Call.RingsUntil, ringing.Call.AnsweredAt));

        var active = Signals(ringing, Bob, Kind.Answer, Start.AddSeconds(7));

        Assert.Equal(Start.AddSeconds(7), active.Call!.AnsweredAt);
        Assert.Equal(ringing.Call.Id, active.Call.Id);
    }

    [Fact]
    public void Offers_and_answers_within_a_call_begin_and_change_nothing()
    {
        var active = Active();

        foreach (var member in new[] { Ann, Bob })
        {
            foreach (var kind in new[] { Kind.Offer, Kind.Answer, Kind.Candidate })
                Assert.Equal(Decision.Nothing, Signal(active, member, kind));
        }
    }

    [Fact]
    public void Of_two_calls_at_once_the_first_counts()
    {
        var ringing = Signals(_room, Ann, Kind.Offer);

        Assert.Equal(ErrorCode.AlreadyExists, Signal(ringing, Bob, Kind.Offer).Rejection?.Code);
        Assert.Equal(Decision.Nothing, Signal(ringing, Ann, Kind.Offer));
    }

    [Theory]
    [InlineData(true, Reason.Missed)]
    [InlineData(false, Reason.Declined)]
    public void Hanging_up_while_it_rings_is_giving_up_or_declining(bool isCaller, Reason reason)
    {
        var member = isCaller ? Ann : Bob;

        var end = Ended(Signal(Signals(_room, Ann, Kind.Offer), member, Kind.HangUp));

        Assert.Equal((reason, IdOf(member).Value), (end.Reason, end.ByMemberId));
    }

    [Fact]
    public void Either_may_hang_up_once()
    {
        var end = Ended(Signal(Active(), Bob, Kind.HangUp));
        Assert.Equal((Reason.HungUp, IdOf(Bob).Value), (end.Reason, end.ByMemberId));

        Assert.Equal(Decision.Nothing, Signal(Active().Apply(end), Ann, Kind.HangUp));
    }

    [Fact]
    public void A_call_that_is_not_answered_in_time_is_missed()
    {
        var ringing = Signals(_room, Ann, Kind.Offer);
        Assert.Equal(Start + RingFor, ringing.DueAt(Options));
        Assert.Equal(Decision.Nothing, ringing.Tick(Options, Start + RingFor - TimeSpan.FromMilliseconds(1)));

        var end = Ended(ringing.Tick(Options, Start + RingFor));

        Assert.Equal((Reason.Missed, ""), (end.Reason, end.ByMemberId));
    }

    [Fact]
    public void A_lost_party_ends_its_call_and_no_later_one()
    {
        var active = Active();
        var end = Ended(active.LoseCall(active.Call!.Id, Bob.UserId, Start));
        Assert.Equal((Reason.Lost, IdOf(Bob).Value), (end.Reason, end.ByMemberId));
        Assert.Equal(Reason.Missed, Ended(Lose(Signals(_room, Ann, Kind.Offer), Ann)).Reason);

        var next = Signals(active.Apply(end), Ann, Kind.Offer);
        Assert.Equal(Decision.Nothing, next.LoseCall(active.Call.Id, Ann.UserId, Start));
    }

    [Fact]
    public void What_is_meant_for_a_call_that_is_over_neither_starts_nor_ends_another()
    {
        var former = Active().Call!.Id;
        var ringing = Signals(_room, Ann, Kind.Offer);

        Assert.Equal(("call_id", ErrorCode.FailedPrecondition), RejectionOf(Signal(_room, Ann, Kind.Offer, former)));
        Assert.Equal(("call_id", ErrorCode.FailedPrecondition), RejectionOf(Signal(ringing, Bob, Kind.Answer, former)));
        Assert.Equal(("call_id", ErrorCode.FailedPrecondition), RejectionOf(Signal(ringing, Ann, Kind.Candidate, former)));
        Assert.Equal(Decision.Nothing, Signal(ringing, Bob, Kind.HangUp, former));
    }

    [Theory]
    [InlineData(false, Kind.Answer)]
    [InlineData(false, Kind.Candidate)]
    [InlineData(true, Kind.Answer)]
    public void What_does_not_fit_the_state_is_refused(bool rings, Kind kind)
    {
        var room = rings ? Signals(_room, Ann, Kind.Offer) : _room;

        Assert.Equal(ErrorCode.FailedPrecondition, Signal(room, Ann, kind).Rejection?.Code);
    }

    [Fact]
    public void A_called_member_answers_before_anything_else() =>
        Assert.Equal(ErrorCode.FailedPrecondition, Signal(Signals(_room, Ann, Kind.Offer), Bob, Kind.Candidate).Rejection?.Code);

    [Fact]
    public void Only_the_two_of_a_pair_that_goes_on_can_call()
    {
        var group = RoomState.Initial.After(s => s.Open(new RoomCommands.OpenGroup(Id, Ann, "Tea", 2, true), Start));
        var ended = _room.After(s => s.End(new(Id, Ann.UserId), Start));

        Assert.Equal(ErrorCode.FailedPrecondition, Signal(group, Ann, Kind.Offer).Rejection?.Code);
        Assert.Equal(ErrorCode.FailedPrecondition, Signal(ended, Ann, Kind.Offer).Rejection?.Code);
        Assert.Equal(ErrorCode.PermissionDenied, Signal(_room, new(UserId.New(Start), "Cyd"), Kind.Offer).Rejection?.Code);
        Assert.Equal(ErrorCode.NotFound, Signal(RoomState.Initial, Ann, Kind.Offer).Rejection?.Code);
    }

    [Fact]
    public void With_the_room_ends_its_call()
    {
        Assert.Equal(Reason.HungUp, EndOfBoth(Active().End(new(Id, Ann.UserId), Start)).Reason);
        Assert.Equal(Reason.HungUp, EndOfBoth(Active().Leave(Ann.UserId, MemberLeft.Types.Reason.Left, Start)).Reason);
        Assert.Equal(Reason.Lost, EndOfBoth(Active().Leave(Ann.UserId, MemberLeft.Types.Reason.Absent, Start)).Reason);
        Assert.Equal(Reason.Missed, EndOfBoth(Signals(_room, Ann, Kind.Offer).Leave(Ann.UserId, MemberLeft.Types.Reason.Left, Start)).Reason);
    }

    [Fact]
    public void The_end_of_a_call_by_a_no_does_not_name_the_member()
    {
        var asked = _room.After(s => s.Tick(Options, Start + Options.PromptAfter));
        var calling = Signals(asked, Ann, Kind.Offer, Start + Options.PromptAfter);

        var end = EndOfBoth(calling.Answer(new(Id, Bob.UserId, calling.Prompt!.Id, false), Start + Options.PromptAfter));

        Assert.Equal((Reason.Missed, ""), (end.Reason, end.ByMemberId));
    }

    [Fact]
    public void A_pair_in_a_call_is_neither_silent_nor_prompted()
    {
        var active = Active();
        Assert.Null(active.DueAt(Options));
        Assert.Equal(Decision.Nothing, active.Tick(Options, Start.AddHours(3)));

        var after = Signals(active, Ann, Kind.HangUp, Start.AddHours(3));

        Assert.Equal(Start.AddHours(3) + Options.PromptAfter, after.DueAt(Options));
    }

    [Fact]
    public void A_question_missed_before_a_call_is_forgiven_after_it_and_a_missed_call_forgives_nothing()
    {
        var missed = _room.After(s => s.Tick(Options, Start + Options.PromptAfter));
        var at = missed.Prompt!.ClosesAt.AddSeconds(1);
        Assert.Equal(1, missed.Prompt.Round);

        var called = Signals(missed, Ann, Kind.Offer, at);
        var declined = Signals(called, Bob, Kind.HangUp, at);
        var talked = Signals(Signals(called, Bob, Kind.Answer, at), Bob, Kind.HangUp, at.AddMinutes(1));

        Assert.Equal(1, declined.Prompt!.Round);
        Assert.Null(talked.Prompt);
        Assert.Equal(at.AddMinutes(1) + Options.PromptAfter, talked.DueAt(Options));
    }

    [Fact]
    public void A_call_survives_in_a_snapshot()
    {
        foreach (var room in new[] { Signals(_room, Ann, Kind.Offer), Active() })
        {
            var restored = RoomState.FromSnapshot(room.ToSnapshot());

            Assert.Equal(room.Call, restored.Call);
            Assert.Equal(Mode.Voice, restored.Opened!.Mode);
        }
    }

    private RoomState Active() => Signals(Signals(_room, Ann, Kind.Offer), Bob, Kind.Answer);

    private MemberId IdOf(Person member) => _room.Members[member.UserId].MemberId;

    private static Decision Signal(RoomState room, Person member, Kind kind, string call = "", DateTimeOffset? at = null) =>
        room.Signal(new(Id, member.UserId, Session, kind, new("sdp"), call), RingFor, at ?? Start);

    private static RoomState Signals(RoomState room, Person member, Kind kind, DateTimeOffset? at = null) => room.After(s => Signal(s, member, kind, at: at));

    private static Decision Lose(RoomState room, Person member) => room.LoseCall(room.Call!.Id, member.UserId, Start);

    private static CallEnded Ended(Decision decision) => Assert.IsType<CallEnded>(Assert.Single(decision.Events));

    // A call that ends with its room ends just before it.
    private static CallEnded EndOfBoth(Decision decision)
    {
        Assert.IsType<RoomEnded>(decision.Events[^1]);
        return Assert.IsType<CallEnded>(decision.Events[^2]);
    }

    private static (string?, ErrorCode?) RejectionOf(Decision decision) => (decision.Rejection?.Field, decision.Rejection?.Code);
}
