using Akka.Actor;
using WebChat.Actors.Connections;
using WebChat.Actors.Rooms;
using WebChat.V1;

namespace WebChat.Tests.Actors.Connections;

public sealed class RoomFeedTests
{
    private static readonly RoomId Id = RoomId.New(DateTimeOffset.UnixEpoch);

    [Fact]
    public void Live_events_pass_in_order()
    {
        var feed = Attached(lastSeq: 5);

        Assert.True(feed.Offer(Event(6), open: true));
        Assert.True(feed.Offer(Event(7), open: true));
        Assert.False(feed.IsBehind);
    }

    [Fact]
    public void An_event_that_was_sent_is_not_sent_again()
    {
        var feed = Attached(lastSeq: 5);

        Assert.False(feed.Offer(Event(5), open: true));
        Assert.Empty(feed.Release());
        Assert.False(feed.IsBehind);
    }

    [Fact]
    public void A_gap_is_filled_before_what_follows_it()
    {
        var feed = Attached(lastSeq: 5);

        Assert.False(feed.Offer(Event(8), open: true));
        Assert.Empty(feed.Release());
        Assert.True(feed.IsBehind);
        feed.CatchingUp = true;
        Assert.False(feed.Offer(Event(9), open: true));
        feed.Sent(8);
        feed.CatchingUp = false;

        Assert.Equal([9], feed.Release().Select(frame => frame.Frame.Event.Seq));
        Assert.False(feed.IsBehind);
    }

    [Fact]
    public void A_cursor_is_where_the_client_goes_on()
    {
        var feed = new RoomFeed(Id, cursor: 4);

        Assert.True(feed.Attached(new Room { LastSeq = 9 }, ActorRefs.Nobody));
        Assert.Equal(4, feed.Delivered);
        Assert.True(feed.IsBehind);
    }

    [Fact]
    public void A_cursor_beyond_the_history_is_told_apart()
    {
        var feed = new RoomFeed(Id, cursor: 12);

        Assert.False(feed.Attached(new Room { LastSeq = 9 }, ActorRefs.Nobody));
        Assert.Equal(9, feed.Delivered);
        Assert.False(feed.IsBehind);
    }

    // Once, a room that was not there at the first try took the place that the client had reached with it.
    [Fact]
    public void A_room_that_is_attached_anew_after_several_tries_goes_on_where_the_client_is()
    {
        var feed = Attached(lastSeq: 5);
        Assert.True(feed.Offer(Event(6), open: true));

        feed.Detached();
        feed.Detached();
        Assert.True(feed.Attached(new Room { LastSeq = 9 }, ActorRefs.Nobody));

        Assert.Equal(6, feed.Delivered);
        Assert.True(feed.IsBehind);
    }

    [Fact]
    public void A_room_that_is_attached_anew_before_it_was_shown_begins_with_what_is_shown()
    {
        var feed = new RoomFeed(Id);
        feed.Attached(new Room { LastSeq = 5 }, ActorRefs.Nobody);

        feed.Detached();
        feed.Attached(new Room { LastSeq = 9 }, ActorRefs.Nobody);

        Assert.Equal(9, feed.Delivered);
        Assert.False(feed.IsBehind);
    }

    [Fact]
    public void Before_the_welcome_events_are_held_and_released_after_it()
    {
        var feed = Attached(lastSeq: 5);

        Assert.False(feed.Offer(Event(6), open: false));
        Assert.False(feed.Offer(Event(7), open: false));

        Assert.Equal([6, 7], feed.Release().Select(frame => frame.Frame.Event.Seq));
    }

    [Fact]
    public void What_does_not_fit_while_catching_up_is_read_from_history()
    {
        var feed = Attached(lastSeq: 0);
        feed.CatchingUp = true;
        for (var seq = 1; seq <= 1_000; seq++)
            Assert.False(feed.Offer(Event(seq), open: true));
        feed.CatchingUp = false;

        var released = feed.Release().Select(frame => frame.Frame.Event.Seq).ToList();

        Assert.Equal(Enumerable.Range(1, released.Count).Select(i => (long)i), released);
        Assert.True(feed.IsBehind);
        Assert.Equal(released.Count, feed.Delivered);
        Assert.Equal(1_000, feed.Known);
    }

    private static RoomFeed Attached(long lastSeq)
    {
        var feed = new RoomFeed(Id);
        feed.Attached(new Room { LastSeq = lastSeq }, ActorRefs.Nobody);
        feed.IsNew = false;
        return feed;
    }

    private static RoomNotices.Happened Event(long seq) => new(Id, seq, new(new() { Event = new() { RoomId = Id.Value, Seq = seq } }));
}
