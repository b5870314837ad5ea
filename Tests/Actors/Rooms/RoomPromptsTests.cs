using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Options;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;
using RoomEnded = WebChat.Journal.V1.RoomEnded;

namespace WebChat.Tests.Actors.Rooms;

public sealed class RoomPromptsTests
{
    private static readonly RoomOptions Options = new();
    private static readonly DateTimeOffset Start = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly RoomId Id = RoomId.New(Start);
    private static readonly Person Ann = new(UserId.New(Start), "Ann");
    private static readonly Person Bob = new(UserId.New(Start), "Bob");

    private readonly RoomState _room = RoomState.Initial.After(s => s.Open(new RoomCommands.OpenPair(Id, Ann, Bob), Start));

    [Fact]
    public void A_pair_is_asked_after_five_minutes_and_not_before()
    {
        Assert.Equal(Start.AddMinutes(5), _room.DueAt(Options));
        Assert.Equal(Decision.Nothing, _room.Tick(Options, Start.AddMinutes(5).AddMilliseconds(-1)));

        var asked = Asked(_room);

        Assert.Equal(Prompt.Types.Kind.Like, asked.Prompt!.Kind);
        Assert.Equal(1, asked.Prompt.Round);
        Assert.Equal(Start.AddMinutes(5).AddSeconds(30), asked.Prompt.ClosesAt);
    }

    [Fact]
    public void A_mutual_yes_reveals_more_and_the_next_prompt_comes_five_minutes_later()
    {
        var liked = BothSay(Asked(_room), yes: true);

        Assert.Equal(1, liked.RevealLevel);
        Assert.Null(liked.Prompt);
        Assert.Equal(Start.AddMinutes(10), liked.DueAt(Options));
    }

    [Fact]
    public void A_fully_revealed_pair_is_asked_whether_to_keep_the_room_and_a_kept_room_has_no_prompts()
    {
        var room = BothSay(Asked(Talking(BothSay(Asked(Talking(_room)), yes: true))), yes: true);
        Assert.Equal(RoomState.FullReveal, room.RevealLevel);
        room = Asked(Talking(room));
        Assert.Equal(Prompt.Types.Kind.Keep, room.Prompt!.Kind);

        room = BothSay(room, yes: true);

        Assert.True(room.Kept);
        Assert.Null(room.DueAt(Options));
        Assert.Equal(Decision.Nothing, room.Tick(Options, Start.AddYears(1)));
    }

    [Fact]
    public void A_no_ends_the_room_at_once_and_does_not_name_the_member()
    {
        var asked = Asked(_room);

        var end = Assert.IsType<RoomEnded>(Assert.Single(asked.Answer(Says(asked, Ann, false), asked.Prompt!.ClosesAt.AddSeconds(-1)).Events));

        Assert.Equal(WebChat.V1.RoomEnded.Types.Reason.NotLiked, end.Reason);
        Assert.Empty(end.ByMemberId);
    }

    [Fact]
    public void A_prompt_without_answers_is_repeated_once_and_then_the_room_ends()
    {
        var asked = Asked(Talking(_room));
        asked = asked.After(s => s.Answer(Says(s, Ann, true), s.Prompt!.ClosesAt.AddSeconds(-1)));
        Assert.Equal(asked.Prompt!.ClosesAt + Options.PromptAfter, asked.DueAt(Options));

        var again = Asked(Talking(asked));
        Assert.Equal(2, again.Prompt!.Round);
        Assert.Equal(again.Prompt.ClosesAt, again.DueAt(Options));
        var end = Assert.IsType<RoomEnded>(Assert.Single(again.Tick(Options, again.Prompt.ClosesAt).Events));

        Assert.Equal(WebChat.V1.RoomEnded.Types.Reason.NotLiked, end.Reason);
    }

    [Fact]
    public void An_answer_after_the_time_is_refused()
    {
        var asked = Asked(_room);

        Assert.Equal(ErrorCode.FailedPrecondition, asked.Answer(Says(asked, Ann, true), asked.Prompt!.ClosesAt).Rejection?.Code);
    }

    [Fact]
    public void The_same_answer_again_changes_nothing_and_another_is_refused()
    {
        var asked = Asked(_room);
        var answered = asked.After(s => s.Answer(Says(s, Ann, true), s.Prompt!.ClosesAt.AddSeconds(-1)));

        Assert.Equal(Decision.Nothing, answered.Answer(Says(asked, Ann, true), asked.Prompt!.ClosesAt.AddSeconds(-1)));
        Assert.Equal(ErrorCode.FailedPrecondition, answered.Answer(Says(asked, Ann, false), asked.Prompt.ClosesAt.AddSeconds(-1)).Rejection?.Code);
    }

    [Fact]
    public void Either_may_ask_to_keep_the_room_at_any_time()
    {
        var asked = _room.After(s => s.Keep(Ann.UserId, Options, Start.AddMinutes(1)));

        var kept = asked.After(s => s.Answer(Says(s, Bob, true), Start.AddMinutes(1).AddSeconds(5)));

        Assert.True(kept.Kept);
    }

    [Fact]
    public void A_no_to_keeping_that_one_asked_for_ends_nothing()
    {
        var declined = _room
            .After(s => s.Keep(Ann.UserId, Options, Start.AddMinutes(1)))
            .After(s => s.Answer(Says(s, Bob, false), Start.AddMinutes(1).AddSeconds(5)));

        Assert.False(declined.Ended);
        Assert.Equal(Start.AddMinutes(5), declined.DueAt(Options));
        Assert.Equal(1, Asked(declined).Prompt!.Round);
    }

    [Fact]
    public void Asking_to_keep_does_not_undo_a_missed_round()
    {
        var missed = Asked(Talking(_room));
        var closed = missed.Prompt!.ClosesAt;
        var asked = missed.After(s => s.Keep(Ann.UserId, Options, closed.AddMinutes(1)));

        Assert.Equal(2, Asked(Talking(asked)).Prompt!.Round);
    }

    [Fact]
    public void A_quarter_of_an_hour_of_silence_ends_a_room()
    {
        var room = BothSay(Asked(BothSay(Asked(_room), yes: true)), yes: true);

        Assert.Equal(Start.AddMinutes(15), room.DueAt(Options));
        var end = Assert.IsType<RoomEnded>(Assert.Single(room.Tick(Options, Start.AddMinutes(15)).Events));
        Assert.Equal(WebChat.V1.RoomEnded.Types.Reason.Silence, end.Reason);
    }

    [Fact]
    public void A_group_is_never_asked()
    {
        var group = RoomState.Initial.After(s => s.Open(new RoomCommands.OpenGroup(Id, Ann, "Tea", 5, true), Start));

        Assert.Null(group.DueAt(Options));
        Assert.Equal(ErrorCode.FailedPrecondition, group.Keep(Ann.UserId, Options, Start).Rejection?.Code);
    }

    [Fact]
    public void An_open_question_survives_in_a_snapshot()
    {
        var asked = Asked(_room).After(s => s.Answer(Says(s, Ann, true), s.Prompt!.ClosesAt.AddSeconds(-1)));

        var restored = RoomState.FromSnapshot(asked.ToSnapshot());

        Assert.Equal(asked.ToSnapshot(), restored.ToSnapshot());
        Assert.Equal(asked.DueAt(Options), restored.DueAt(Options));
        Assert.Equal(1, restored.After(s => s.Answer(Says(s, Bob, true), s.Prompt!.ClosesAt.AddSeconds(-1))).RevealLevel);
    }

    // The room as it is when its next question is due.
    private static RoomState Asked(RoomState room)
    {
        var asked = room.After(s => s.Tick(Options, s.DueAt(Options)!.Value));
        Assert.NotNull(asked.Prompt);
        return asked;
    }

    // Somebody has said something just before the next thing is due, so that silence ends nothing.
    private static RoomState Talking(RoomState room)
    {
        var (since, until) = (room.SpokenAt, room.StepAt > room.SpokenAt ? room.StepAt : room.SpokenAt);
        var at = room.Prompt is { } prompt ? prompt.ClosesAt.AddSeconds(1) : until.AddMinutes(4);
        Assert.True(at > since);
        return room.After(s => s.Send(new(Id, Ann.UserId, new($"{at.Ticks}"), new("still here"), ""), null, at));
    }

    private static RoomState BothSay(RoomState room, bool yes) => room
        .After(s => s.Answer(Says(s, Ann, yes), room.Prompt!.ClosesAt.AddSeconds(-30)))
        .After(s => s.Answer(Says(s, Bob, yes), room.Prompt!.ClosesAt.AddSeconds(-30)));

    private static RoomCommands.Answer Says(RoomState room, Person member, bool yes) => new(Id, member.UserId, room.Prompt!.Id, yes);
}
