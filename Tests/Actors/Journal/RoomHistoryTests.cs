using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors.Hosting;
using WebChat.Actors.Journal;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Tests.Databases;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Actors.Journal;

public sealed class RoomHistoryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task History_is_read_from_SQLite_forwards_by_event_and_backwards_by_page()
    {
        using var host = ActorHost.Start();
        await Reads(host);
    }

    [PostgresFact]
    public async Task History_is_read_from_PostgreSQL_forwards_by_event_and_backwards_by_page()
    {
        await using var server = await PostgresServer.Create();
        await using var database = await PostgresDatabase.Create(server);
        using var host = ActorHost.Start(settings: [("WebChat:Database", "postgres"), ("WebChat:ConnectionString", database.ConnectionString)]);
        await Reads(host);
    }

    private static async Task Reads(ActorHost host)
    {
        var (ann, bob) = (new Person(UserId.New(DateTimeOffset.UnixEpoch), "Ann"), new Person(UserId.New(DateTimeOffset.UnixEpoch), "Bob"));
        var room = RoomId.New(DateTimeOffset.UnixEpoch);
        var rooms = host.Region<RoomRegion>();
        await rooms.Ask<RoomReplies.RoomIs>(new RoomCommands.OpenPair(room, ann, bob), Patience);
        for (var i = 1; i <= 7; i++)
            await rooms.Ask<RoomReplies.Posted>(new RoomCommands.Send(room, (i % 2 == 0 ? ann : bob).UserId, new($"{i}"), new($"text {i}"), ""), Patience);
        var reader = (await rooms.Ask<RoomReplies.MayRead>(new RoomQueries.GetReader(room, ann.UserId), Patience)).MemberId;
        var history = host.Services.GetRequiredService<RoomHistory>();

        var events = new List<long>();
        await foreach (var happened in history.ReadEvents(room, after: 1, upTo: 8, default))
            events.Add(happened.Seq);
        Assert.Equal([2, 3, 4, 5, 6, 7, 8], events);

        var newest = await history.ListMessages(room, long.MaxValue, 3, reader, default);
        Assert.Equal(["text 7", "text 6", "text 5"], newest.Messages.Select(m => m.Text));
        Assert.Equal(["", "6", ""], newest.Messages.Select(m => m.ClientId));
        var older = await history.ListMessages(room, newest.NextBeforeSeq, 4, reader, default);
        Assert.Equal(["text 4", "text 3", "text 2", "text 1"], older.Messages.Select(m => m.Text));
        Assert.Equal(0, older.NextBeforeSeq);
        Assert.Empty((await history.ListMessages(RoomId.New(DateTimeOffset.UnixEpoch), long.MaxValue, 3, reader, default)).Messages);
    }
}
