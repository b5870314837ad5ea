using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Persistence;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Tests.Databases;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Actors.Persistence;

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

    [Fact]
    public async Task A_page_finds_the_changes_of_its_messages_by_their_tags_however_many_the_room_has()
    {
        using var host = ActorHost.Start();

        var plan = await host.Services.GetRequiredService<JournalDatabase>().Read(
            $"EXPLAIN QUERY PLAN {RoomHistory.SelectPage}",
            async rows =>
            {
                var steps = new List<string>();
                while (await rows.ReadAsync())
                    steps.Add(rows.GetString(3));
                return steps;
            },
            default,
            ("@room", "room"), ("@posted", "manifest"), ("@before", 1L), ("@limit", 1));

        Assert.Contains("SEARCH tags USING PRIMARY KEY (persistence_id=? AND tag=?)", plan);
        Assert.Contains("SEARCH change USING INTEGER PRIMARY KEY (rowid=?)", plan);
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN journal", StringComparison.Ordinal) || step.StartsWith("SCAN tags", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reading_history_wakes_no_room()
    {
        var (ann, bob) = (new Person(UserId.New(DateTimeOffset.UnixEpoch), "Ann"), new Person(UserId.New(DateTimeOffset.UnixEpoch), "Bob"));
        var room = RoomId.New(DateTimeOffset.UnixEpoch);
        ActorHost second;
        using (var host = ActorHost.Start())
        {
            await host.Region<RoomRegion>().Ask<RoomReplies.RoomIs>(new RoomCommands.OpenPair(room, ann, bob), Patience);
            await host.Region<RoomRegion>().Ask<RoomReplies.Posted>(new RoomCommands.Send(room, ann.UserId, new("1"), new("hello"), ""), Patience);
            second = host.Restart();
        }

        using (second)
        {
            var history = second.Services.GetRequiredService<RoomHistory>();
            var (reader, _) = await history.FindReader(room, ann.UserId, default);
            Assert.Equal("1", Assert.Single((await history.ListMessages(room, long.MaxValue, 50, reader, default)).Messages).ClientId);

            var actor = second.System.ActorSelection($"/user/rooms/{room}");
            Assert.Null((await actor.Ask<ActorIdentity>(new Identify(null), Patience)).Subject);
            await second.Region<RoomRegion>().Ask<RoomReplies.RoomIs>(new RoomQueries.GetRoom(room, ann.UserId), Patience);
            Assert.NotNull((await actor.Ask<ActorIdentity>(new Identify(null), Patience)).Subject);
        }
    }

    private static async Task Reads(ActorHost host)
    {
        var (ann, bob) = (new Person(UserId.New(DateTimeOffset.UnixEpoch), "Ann"), new Person(UserId.New(DateTimeOffset.UnixEpoch), "Bob"));
        var room = RoomId.New(DateTimeOffset.UnixEpoch);
        var rooms = host.Region<RoomRegion>();
        await rooms.Ask<RoomReplies.RoomIs>(new RoomCommands.OpenPair(room, ann, bob), Patience);
        for (var i = 1; i <= 7; i++)
            await rooms.Ask<RoomReplies.Posted>(new RoomCommands.Send(room, (i % 2 == 0 ? ann : bob).UserId, new($"{i}"), new($"text {i}"), ""), Patience);
        var history = host.Services.GetRequiredService<RoomHistory>();
        var (reader, _) = await history.FindReader(room, ann.UserId, default);

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

        var changed = new MessageId(newest.Messages[1].MessageId);
        await rooms.Ask<RoomReplies.Changed>(new RoomCommands.Edit(room, ann.UserId, changed, new("edited")), Patience);
        await rooms.Ask<RoomReplies.Changed>(new RoomCommands.React(room, bob.UserId, changed, new("👍"), true), Patience);
        await rooms.Ask<RoomReplies.Changed>(new RoomCommands.Remove(room, bob.UserId, new(newest.Messages[2].MessageId)), Patience);
        newest = await history.ListMessages(room, long.MaxValue, 3, reader, default);
        Assert.Equal(["text 7", "edited", ""], newest.Messages.Select(m => m.Text));
        Assert.Equal([false, false, true], newest.Messages.Select(m => m.Removed));
        Assert.Equal("👍", Assert.Single(newest.Messages[1].Reactions).Emoji);

        await MayBeRead(host, ann, bob, room);
    }

    private static async Task MayBeRead(ActorHost host, Person ann, Person bob, RoomId pair)
    {
        var cyd = new Person(UserId.New(DateTimeOffset.UnixEpoch), "Cyd");
        var (rooms, group) = (host.Region<RoomRegion>(), RoomId.New(DateTimeOffset.UnixEpoch));
        await rooms.Ask<RoomReplies.RoomIs>(new RoomCommands.OpenGroup(group, ann, "Tea", 3, true), Patience);
        Assert.Equal([null, ErrorCode.PermissionDenied, ErrorCode.PermissionDenied], await Refusals(group));
        foreach (var person in new[] { bob, cyd })
            await rooms.Ask<RoomReplies.RoomIs>(new RoomCommands.Join(group, person), Patience);
        Assert.Equal([null, null, null], await Refusals(group));
        await rooms.Ask<RoomReplies.RoomIs>(new RoomCommands.Leave(group, bob.UserId), Patience);
        await rooms.Ask<RoomReplies.RoomIs>(new RoomCommands.RemoveMember(group, ann.UserId, (await History().FindReader(group, cyd.UserId, default)).Reader), Patience);
        Assert.Equal([null, ErrorCode.PermissionDenied, ErrorCode.PermissionDenied], await Refusals(group));
        await rooms.Ask<RoomReplies.RoomIs>(new RoomCommands.Join(group, bob), Patience);
        await rooms.Ask<RoomReplies.RoomIs>(new RoomCommands.End(group, ann.UserId), Patience);
        Assert.Equal([null, null, ErrorCode.PermissionDenied], await Refusals(group));

        await rooms.Ask<RoomReplies.RoomIs>(new RoomCommands.Leave(pair, ann.UserId), Patience);
        Assert.Equal([null, null, ErrorCode.PermissionDenied], await Refusals(pair));
        var nowhere = RoomId.New(DateTimeOffset.UnixEpoch);
        Assert.Equal([ErrorCode.NotFound, ErrorCode.NotFound, ErrorCode.NotFound], await Refusals(nowhere));

        RoomHistory History() => host.Services.GetRequiredService<RoomHistory>();

        async Task<IEnumerable<ErrorCode?>> Refusals(RoomId room)
        {
            var found = new List<ErrorCode?>();
            foreach (var person in new[] { ann, bob, cyd })
                found.Add((await History().FindReader(room, person.UserId, default)).Refusal?.Code);
            return found;
        }
    }
}
