using Akka.Actor;
using Akka.Persistence.Internal;
using Akka.Persistence.Sql.Storage;

namespace Akka.Persistence.Sql;

/// <summary>
/// Reads a persistence id back for a recovering actor: one page is read while the actor takes the one before it, and no more,
/// so that a long history does not pile up in the actor's mailbox. Between pages it holds no connection.
/// </summary>
internal sealed class ReplayReader(SqlStore store, SqlEventLog log, ReplayRequest request, int pageSize)
{
    private long _next = request.FromSequenceNr;
    private long _left = request.Max;

    public void Start() => _ = ReadPage();

    private async Task ReadPage()
    {
        ReplayedPage page;
        var more = false;
        try
        {
            var wanted = Math.Min(pageSize, _left);
            var read = await store.ReadEvents(request.PersistenceId, _next, request.ToSequenceNr, wanted).ConfigureAwait(false);
            more = read.Rows.Count == wanted && wanted < _left && read.Rows[^1].SequenceNr < request.ToSequenceNr;
            page = PageOf(read, ref more);
        }
        catch (Exception failure)
        {
            page = new ReplayedPage(request.Owner, [], 0, IsLast: true, failure, null);
        }

        request.Actor.Tell(page, ActorRefs.NoSender);
    }

    private ReplayedPage PageOf(EventPage read, ref bool more)
    {
        var events = new List<ReplayedEvent>(read.Rows.Count);
        foreach (var row in read.Rows)
        {
            try
            {
                log.Read(request.PersistenceId, row, events);
            }
            catch (UnreadableRowException failure)
            {
                more = false;
                return new ReplayedPage(request.Owner, events, read.HighestSequenceNr, IsLast: true, failure, null);
            }
        }

        if (more)
        {
            _next = read.Rows[^1].SequenceNr + 1;
            _left -= read.Rows.Count;
        }

        return new ReplayedPage(request.Owner, events, read.HighestSequenceNr, !more, null, more ? Start : null);
    }
}
