using System.Collections.Immutable;
using WebChat.V1;

namespace WebChat.Actors.Rooms;

/// <summary>The last question to a pair.</summary>
/// <param name="Id">Which.</param>
/// <param name="Kind">What is asked.</param>
/// <param name="Round">How often the room has asked this; 0 if only one of the two has.</param>
/// <param name="ClosesAt">Until when it can be answered.</param>
/// <param name="AskedBy">Which of the two asks; null if the room does.</param>
/// <param name="Answers">The answers so far, by member.</param>
public sealed record OpenPrompt(
    string Id, Prompt.Types.Kind Kind, int Round, DateTimeOffset ClosesAt, MemberId? AskedBy, ImmutableDictionary<MemberId, bool> Answers)
{
    /// <summary>Whether it can be answered still.</summary>
    public bool IsOpen(DateTimeOffset now) => now < ClosesAt && !Answers.Values.Contains(false);
}
