using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using CallAnswered = WebChat.Journal.V1.CallAnswered;
using CallEnded = WebChat.Journal.V1.CallEnded;
using CallEndReason = WebChat.V1.CallEnded.Types.Reason;
using CallStarted = WebChat.Journal.V1.CallStarted;
using Kind = WebChat.V1.Signal.Types.Kind;

namespace WebChat.Actors.Rooms;

/// <content>How the two of a pair call each other.</content>
public sealed partial record RoomState
{
    /// <summary>What a signal makes of the call. Whether it may be passed on is the same question.</summary>
    public Decision Signal(RoomCommands.Signal command, TimeSpan ringFor, DateTimeOffset now)
    {
        if (Hinders(command.UserId, out var member) is { } hindrance)
            return hindrance;
        if (!IsPair)
            return Decision.Reject(ErrorCode.FailedPrecondition, "Only a pair can call.", "room_id");
        var isMeant = command.CallId.Length == 0 || command.CallId == Call?.Id;
        if (command.Kind == Kind.HangUp)
            return Call is not null && isMeant ? Decision.Happens(EndOf(Call, member, now)) : Decision.Nothing;
        if (!isMeant)
            return Decision.Reject(ErrorCode.FailedPrecondition, "This call is over.", "call_id");
        if (Call is null)
            return command.Kind == Kind.Offer ? Decision.Happens(StartCall(member, ringFor, now)) : Decision.Reject(ErrorCode.FailedPrecondition, "There is no call.");
        if (Call.AnsweredAt is not null)
            return Decision.Nothing;
        return (command.Kind, Call.RingsAt(member.MemberId)) switch
        {
            (Kind.Answer, true) => Decision.Happens(new CallAnswered { At = now.ToUnixTimeMilliseconds(), CallId = Call.Id, ByMemberId = member.MemberId.Value }),
            (Kind.Answer, false) => Decision.Reject(ErrorCode.FailedPrecondition, "Your partner has to answer."),
            // Both call at once: the member with the first offer is the caller.
            (Kind.Offer, true) => Decision.Reject(ErrorCode.AlreadyExists, "Your partner calls already: answer."),
            (_, true) => Decision.Reject(ErrorCode.FailedPrecondition, "Answer first."),
            _ => Decision.Nothing,
        };
    }

    /// <summary>Ends a call because a member has had no transport for too long.</summary>
    public Decision LoseCall(string call, UserId user, DateTimeOffset now) => Call?.Id == call
        ? Decision.Happens(EndOf(Call, Members[user], now, lost: true))
        : Decision.Nothing;

    private static CallStarted StartCall(RoomMember by, TimeSpan ringFor, DateTimeOffset now) => new()
    {
        At = now.ToUnixTimeMilliseconds(),
        CallId = Identifier.New(now),
        ByMemberId = by.MemberId.Value,
        RingsUntil = (now + ringFor).ToUnixTimeMilliseconds(),
    };

    private static CallEnded EndOf(OpenCall call, RoomMember? by, DateTimeOffset now, bool lost = false) => new()
    {
        At = now.ToUnixTimeMilliseconds(),
        CallId = call.Id,
        ByMemberId = by?.MemberId.Value ?? "",
        Reason = (call.AnsweredAt is not null, lost) switch
        {
            (true, true) => CallEndReason.Lost,
            (true, false) => CallEndReason.HungUp,
            (false, false) when by is not null && call.RingsAt(by.MemberId) => CallEndReason.Declined,
            _ => CallEndReason.Missed,
        },
    };

    // To call is to speak.
    private RoomState Apply(CallStarted e) => this with { Call = Ringing(e), SpokenAt = Time(e.At) };

    private RoomState Apply(CallAnswered e) => this with { Call = Call! with { AnsweredAt = Time(e.At) } };

    // A call counts as going on: the time to the next prompt starts anew, and prompts that were due meanwhile are dropped.
    private RoomState Apply(CallEnded e)
    {
        var at = Time(e.At);
        var over = this with { Call = null, SpokenAt = at };
        return Call!.AnsweredAt is null ? over : over with { StepAt = at, Prompt = Prompt?.IsOpen(at) == true ? Prompt : null };
    }

    private static OpenCall Ringing(CallStarted e) => new(e.CallId, new(e.ByMemberId), Time(e.At), Time(e.RingsUntil), null);
}
