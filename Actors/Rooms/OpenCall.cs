namespace WebChat.Actors.Rooms;

/// <summary>The call of a pair, while it rings or is active.</summary>
/// <param name="Id">Which.</param>
/// <param name="By">The caller.</param>
/// <param name="StartedAt">Since when it rings, or rang.</param>
/// <param name="RingsUntil">When it is missed, if it is not answered.</param>
/// <param name="AnsweredAt">Since when it is active; null while it rings.</param>
public sealed record OpenCall(string Id, MemberId By, DateTimeOffset StartedAt, DateTimeOffset RingsUntil, DateTimeOffset? AnsweredAt)
{
    /// <summary>Whether it rings at this member's.</summary>
    public bool RingsAt(MemberId member) => AnsweredAt is null && By != member;
}
