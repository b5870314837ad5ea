using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Matching;

/// <summary>A waiting user.</summary>
public sealed class WaitingPerson
{
    private readonly HashSet<string>? _blocked;

    /// <param name="ticket">The order of arrival.</param>
    /// <param name="since">When the search began.</param>
    /// <param name="mode">The mode of the search.</param>
    /// <param name="seeker">The user, and what the user looks for.</param>
    public WaitingPerson(long ticket, DateTimeOffset since, Mode mode, Seeker seeker)
    {
        Ticket = ticket;
        Since = since;
        Mode = mode;
        Seeker = seeker;
        Traits = new(seeker);
        _blocked = seeker.Blocked.Count == 0 ? null : [.. seeker.Blocked];
    }

    /// <summary>The order of arrival: a user that came earlier has a smaller ticket.</summary>
    public long Ticket { get; }

    /// <summary>When the search began.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>The mode of the search.</summary>
    public Mode Mode { get; }

    /// <summary>The user, and what the user looks for.</summary>
    public Seeker Seeker { get; }

    /// <summary>The seeker's data, packed.</summary>
    internal readonly Traits Traits;

    /// <summary>Whether this user has blocked the other.</summary>
    internal bool Blocks(WaitingPerson other) => _blocked is not null && _blocked.Contains(other.Seeker.UserId);
}
