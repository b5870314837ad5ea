using WebChat.Actors.Hosting;
using WebChat.Actors.Options;
using WebChat.Actors.Users;
using WebChat.V1;
using EndReason = WebChat.V1.RoomEnded.Types.Reason;
using PromptAnswered = WebChat.Journal.V1.PromptAnswered;
using PromptOpened = WebChat.Journal.V1.PromptOpened;
using RevealRaised = WebChat.Journal.V1.RevealRaised;
using RoomKept = WebChat.Journal.V1.RoomKept;

namespace WebChat.Actors.Rooms;

/// <content>
/// Whether a pair goes on. Everything that is to happen by itself follows from the times in the events, so that it happens
/// as well when the process was down in between.
/// </content>
public sealed partial record RoomState
{
    /// <summary>The level at which blurred pictures and interests are shown.</summary>
    public const int PartialReveal = 1;

    /// <summary>The level at which everything is shown.</summary>
    public const int FullReveal = 2;

    private const int LastRound = 2;

    /// <summary>When something is to happen by itself; null if never.</summary>
    public DateTimeOffset? DueAt(RoomOptions options)
    {
        if (!IsPair || Ended)
            return null;
        if (Call is not null)
            return Call.AnsweredAt is null ? Call.RingsUntil : null;
        if (Kept)
            return null;
        var silence = SpokenAt + options.SilenceEndsAfter;
        var step = NextStepAt(options);
        return silence < step ? silence : step;
    }

    /// <summary>What happens by itself now.</summary>
    public Decision Tick(RoomOptions options, DateTimeOffset now)
    {
        if (DueAt(options) is not { } due || now < due)
            return Decision.Nothing;
        if (Call is not null)
            return Decision.Happens(EndOf(Call, null, now));
        if (now >= SpokenAt + options.SilenceEndsAfter)
            return Decision.Happens(End(EndReason.Silence, null, now));
        if (Prompt is { Round: LastRound })
            return Decision.Happens(End(EndReason.NotLiked, null, now));
        return Decision.Happens(Ask(RevealLevel < FullReveal ? V1.Prompt.Types.Kind.Like : V1.Prompt.Types.Kind.Keep, (Prompt?.Round ?? 0) + 1, null, options, now));
    }

    /// <summary>Answers a prompt. A no to going on ends the room, and the answer's member is not named.</summary>
    public Decision Answer(RoomCommands.Answer command, DateTimeOffset now)
    {
        if (Hinders(command.UserId, out var member) is { } hindrance)
            return hindrance;
        if (Prompt is not { } prompt || prompt.Id != command.PromptId)
            return Decision.Reject(ErrorCode.FailedPrecondition, "This question is not open.", "prompt_id");
        if (prompt.Answers.TryGetValue(member.MemberId, out var given))
        {
            return given == command.Yes
                ? Decision.Nothing
                : Decision.Reject(ErrorCode.FailedPrecondition, "You have answered already.", "yes");
        }

        if (!prompt.IsOpen(now))
            return Decision.Reject(ErrorCode.FailedPrecondition, "This question is not open.", "prompt_id");
        if (!command.Yes && prompt.AskedBy is null)
            return Decision.Happens(End(EndReason.NotLiked, null, now));
        var answered = new PromptAnswered { At = now.ToUnixTimeMilliseconds(), PromptId = prompt.Id, MemberId = member.MemberId.Value, Yes = command.Yes };
        if (!command.Yes || prompt.Answers.Count == 0)
            return Decision.Happens(answered);
        return prompt.Kind == V1.Prompt.Types.Kind.Keep
            ? Decision.Happens(answered, new RoomKept { At = now.ToUnixTimeMilliseconds() })
            : Decision.Happens(answered, new RevealRaised { At = now.ToUnixTimeMilliseconds(), Level = RevealLevel + 1 });
    }

    /// <summary>One of a pair asks to keep the room.</summary>
    public Decision Keep(UserId user, RoomOptions options, DateTimeOffset now)
    {
        if (Hinders(user, out var member) is { } hindrance)
            return hindrance;
        if (!IsPair)
            return Decision.Reject(ErrorCode.FailedPrecondition, "Only a pair can be kept.", "room_id");
        if (Kept || (Prompt is { AskedBy: { } asker } && asker == member.MemberId && Prompt.IsOpen(now)))
            return Decision.Nothing;
        return Prompt?.IsOpen(now) == true
            ? Decision.Reject(ErrorCode.FailedPrecondition, "Another question is open.")
            : Decision.Happens(Ask(V1.Prompt.Types.Kind.Keep, Prompt?.Round ?? 0, member, options, now));
    }

    private static PromptOpened Ask(Prompt.Types.Kind kind, int round, RoomMember? by, RoomOptions options, DateTimeOffset now) => new()
    {
        At = now.ToUnixTimeMilliseconds(),
        PromptId = Identifier.New(now),
        Kind = kind,
        Round = round,
        ClosesAt = (now + options.PromptOpenFor).ToUnixTimeMilliseconds(),
        ByMemberId = by?.MemberId.Value ?? "",
    };

    // A question that one of the two asked puts the room's own off, no more: its round is that of the room's last one.
    private DateTimeOffset NextStepAt(RoomOptions options) => Prompt switch
    {
        null => StepAt + options.PromptAfter,
        { Round: 0 } asked => Later(asked.ClosesAt, StepAt + options.PromptAfter),
        { Round: LastRound } last => last.ClosesAt,
        var missed => missed.ClosesAt + options.PromptAfter,
    };

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
