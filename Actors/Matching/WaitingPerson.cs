using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Matching;

/// <summary>Somebody who waits for a partner.</summary>
public sealed class WaitingPerson
{
    private readonly HashSet<string>? _blocked;

    /// <param name="ticket">Who came earlier has the smaller one.</param>
    /// <param name="since">When the search began.</param>
    /// <param name="mode">What for.</param>
    /// <param name="seeker">Who, and who fits.</param>
    public WaitingPerson(long ticket, DateTimeOffset since, Mode mode, Seeker seeker)
    {
        Ticket = ticket;
        Since = since;
        Mode = mode;
        Seeker = seeker;
        Traits = new(seeker);
        _blocked = seeker.Blocked.Count == 0 ? null : [.. seeker.Blocked];
    }

    /// <summary>Who came earlier has the smaller one.</summary>
    public long Ticket { get; }

    /// <summary>When the search began.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>What for.</summary>
    public Mode Mode { get; }

    /// <summary>Who, and who fits.</summary>
    public Seeker Seeker { get; }

    /// <summary>The seeker's, packed.</summary>
    internal readonly Traits Traits;

    /// <summary>Whether this one does not want to meet the other.</summary>
    internal bool Blocks(WaitingPerson other) => _blocked is not null && _blocked.Contains(other.Seeker.UserId);
}
