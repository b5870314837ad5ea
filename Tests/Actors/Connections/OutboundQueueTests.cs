using WebChat.Actors.Connections;

namespace WebChat.Tests.Actors.Connections;

public sealed class OutboundQueueTests
{
    [Fact]
    public void Passing_frames_are_the_first_that_find_no_room()
    {
        var queue = new OutboundQueue();
        for (var i = 0; i < OutboundQueue.MaxFrames / 2; i++)
            Assert.True(queue.TryWrite(Frame()));

        Assert.False(queue.TryWrite(Frame(droppable: true)));
        Assert.True(queue.TryWrite(Frame()));
    }

    [Fact]
    public void A_full_queue_takes_nothing_until_something_is_read()
    {
        var queue = new OutboundQueue();
        for (var i = 0; i < OutboundQueue.MaxFrames; i++)
            Assert.True(queue.TryWrite(Frame()));

        Assert.False(queue.TryWrite(Frame()));
        Assert.True(queue.TryRead(out _));
        Assert.True(queue.TryWrite(Frame()));
    }

    [Fact]
    public void Large_frames_count_by_their_bytes()
    {
        var queue = new OutboundQueue();
        var large = new OutboundFrame(new() { Error = new() { Message = new string('x', 400_000) } });

        Assert.True(queue.TryWrite(large));
        Assert.True(queue.TryWrite(large));
        Assert.False(queue.TryWrite(large));
    }

    [Fact]
    public async Task What_waits_is_still_sent_after_the_queue_is_complete()
    {
        var queue = new OutboundQueue();
        queue.TryWrite(Frame());
        queue.Complete(CloseCode.GoingAway);

        Assert.True(await queue.WaitToReadAsync(default));
        Assert.True(queue.TryRead(out _));
        Assert.False(await queue.WaitToReadAsync(default));
        Assert.Equal(CloseCode.GoingAway, queue.Closed);
    }

    [Fact]
    public async Task A_writer_that_waits_is_told_when_most_is_read()
    {
        var queue = new OutboundQueue();
        for (var i = 0; i < OutboundQueue.MaxFrames; i++)
            queue.TryWrite(Frame());

        var roomy = queue.WhenRoomy();
        Assert.False(roomy.IsCompleted);
        while (queue.TryRead(out _))
        {
        }

        await roomy;
        await queue.WhenRoomy();
    }

    [Fact]
    public void A_frame_is_encoded_once_however_often_it_is_sent()
    {
        var frame = Frame();

        Assert.True(frame.Json.Equals(frame.Json));
        Assert.True(frame.Binary.Equals(frame.Binary));
    }

    private static OutboundFrame Frame(bool droppable = false) => new(new() { Pong = new() }, droppable);
}
