using Akka.Actor;
using WebChat.Actors.Rooms;
using WebChat.V1;

namespace WebChat.Actors.Connections;

/// <summary>
/// How far a client has come in one room. Live events pass while they follow what was sent; at a gap they are held, until
/// history has filled it. So the client gets each event once and in order, whatever the two sources do.
/// </summary>
/// <param name="room">Which room.</param>
/// <param name="cursor">The last seq that the client says it has; null if it says nothing.</param>
internal sealed class RoomFeed(RoomId room, long? cursor = null)
{
    /// <summary>Live events that may be held while history is read; what overflows is read from history as well.</summary>
    private const int MaxHeld = 256;

    private readonly Queue<RoomNotices.Happened> _held = [];

    /// <summary>Which room.</summary>
    public RoomId Room => room;

    /// <summary>The room's answer to being attached; null as long as it has not come.</summary>
    public Room? View { get; private set; }

    /// <summary>The actor that the live events come from; null before the room has answered.</summary>
    public IActorRef? Source { get; private set; }

    /// <summary>Whether the room said that it cannot answer now.</summary>
    public bool IsUnavailable { get; set; }

    /// <summary>The last seq that was sent to the client.</summary>
    public long Delivered { get; private set; }

    /// <summary>The newest seq that is known to exist.</summary>
    public long Known { get; private set; }

    /// <summary>What the client has received and read, so that a room that has forgotten it can be told again.</summary>
    public Receipt Receipt { get; private set; } = new(cursor ?? 0, 0);

    /// <summary>Whether history is being read.</summary>
    public bool CatchingUp { get; set; }

    /// <summary>The frame to answer with the room, once it is there.</summary>
    public string? ReplyTo { get; set; }

    /// <summary>Whether the client has not been told of the room yet.</summary>
    public bool IsNew { get; set; } = true;

    /// <summary>Whether the client is to be told that this is a match.</summary>
    public bool IsMatch { get; init; }

    /// <summary>Whether the user is out of the room, so that the feed ends once all is sent.</summary>
    public bool IsOver { get; set; }

    /// <summary>
    /// The room has answered: the client goes on where it is, or begins with what the answer shows. False if it says that
    /// it is beyond the room's history.
    /// </summary>
    public bool Attached(Room view, IActorRef source)
    {
        var from = IsNew ? cursor ?? view.LastSeq : Delivered;
        (View, Source) = (view, source);
        Known = Math.Max(Known, view.LastSeq);
        Delivered = Math.Min(from, view.LastSeq);
        return from <= view.LastSeq;
    }

    /// <summary>The client says how far it is.</summary>
    public void Note(Receipt receipt) => Receipt = Receipt.With(receipt);

    /// <summary>The room is to be attached anew; what was sent stays sent.</summary>
    public void Detached()
    {
        (View, Source) = (null, null);
        _held.Clear();
    }

    /// <summary>A live event came: true if it is to be sent now. Else it is held, if it may be needed.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="open">Whether the client takes events at all, which it does once it is welcome.</param>
    public bool Offer(RoomNotices.Happened happened, bool open)
    {
        Known = Math.Max(Known, happened.Seq);
        if (open && View is not null && !CatchingUp && happened.Seq == Delivered + 1)
        {
            Delivered = happened.Seq;
            return true;
        }

        if (happened.Seq > Delivered && _held.Count < MaxHeld)
            _held.Enqueue(happened);
        return false;
    }

    /// <summary>Events from history are sent.</summary>
    public void Sent(long seq) => Delivered = Math.Max(Delivered, seq);

    /// <summary>The held events that follow what was sent, to be sent now.</summary>
    public IEnumerable<OutboundFrame> Release()
    {
        while (_held.TryPeek(out var next) && next.Seq <= Delivered + 1)
        {
            _held.Dequeue();
            if (next.Seq <= Delivered)
                continue;
            Delivered = next.Seq;
            yield return next.Frame;
        }

        // What follows a gap is read from history with it.
        if (_held.Count > 0)
            _held.Clear();
    }

    /// <summary>Whether there is more than what was sent.</summary>
    public bool IsBehind => Delivered < Known;
}
