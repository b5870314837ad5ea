using Akka.Actor;
using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using WebChat.V1;

namespace WebChat.Tests.Actors.Connections;

/// <summary>The newest message and the unread ones of each room in a welcome.</summary>
public sealed class UnreadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_welcome_after_a_restart_shows_the_newest_message_and_counts_the_unread_ones()
    {
        using var first = ActorHost.Start();
        var (annId, bobId) = (await Client.NewUser(first, "Ann"), await Client.NewUser(first, "Bob"));
        var (ann, _) = await Client.Hello(first, annId);
        var (bob, _) = await Client.Hello(first, bobId);
        var room = (await Client.Match(ann, bob)).RoomId;
        await Send(bob, room, "one");
        await Send(ann, room, "two");
        var read = await Send(bob, room, "three");
        await Send(bob, room, "four");
        var newest = await Send(bob, room, "five");
        Assert.Equal(read.Seq, (await ann.Ask(new() { Read = new() { RoomId = room, Seq = read.Seq } })).Ack.Seq);
        Assert.NotNull((await bob.Ask(new() { Edit = new() { RoomId = room, MessageId = newest.MessageId, Text = "fünf" } })).Ack);
        first.Clock.Advance(TimeSpan.FromSeconds(10));
        await first.Region<UserRegion>().Ask<UserReplies.RoomsAre>(new UserQueries.GetRooms(annId), Patience);

        using var second = first.Restart();
        var shown = Assert.Single((await Client.Hello(second, annId)).Welcome.Rooms);

        Assert.Equal((newest.MessageId, "fünf"), (shown.LastMessage.MessageId, shown.LastMessage.Text));
        Assert.Equal(newest.At, shown.LastActiveAt);
        Assert.Equal((read.Seq, 2), (shown.ReadSeq, shown.UnreadCount));
    }

    [Fact]
    public async Task A_position_that_was_read_on_another_device_is_known_at_the_next_hello()
    {
        using var host = ActorHost.Start();
        var annId = await Client.NewUser(host, "Ann");
        var (phone, _) = await Client.Hello(host, annId);
        var (bob, _) = await Client.Hello(host, await Client.NewUser(host, "Bob"));
        var room = (await Client.Match(phone, bob)).RoomId;
        var sent = await Send(bob, room, "hello");
        await phone.Ask(new() { Read = new() { RoomId = room, Seq = sent.Seq } });

        var shown = Assert.Single((await Client.Hello(host, annId)).Welcome.Rooms);

        Assert.Equal((sent.Seq, 0), (shown.ReadSeq, shown.UnreadCount));
    }

    private static async Task<Ack> Send(Client client, string room, string text) =>
        (await client.Ask(new() { Send = new() { RoomId = room, ClientId = text, Text = text } })).Ack;
}
