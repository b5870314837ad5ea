using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Matching;

/// <summary>Somebody who waits for a partner.</summary>
/// <param name="Ticket">Who came earlier has the smaller one.</param>
/// <param name="Since">When the search began.</param>
/// <param name="Mode">What for.</param>
/// <param name="Seeker">Who, and who fits.</param>
public sealed record WaitingPerson(long Ticket, DateTimeOffset Since, Mode Mode, Seeker Seeker);
