using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Tests.Databases;

namespace WebChat.Tests.Actors.Persistence;

[Collection(DatabaseCollection.Name)]
public sealed class DamagedJournalTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory, OnSqlite, OnPostgres]
    public async Task Only_rooms_with_unreadable_rows_fail_and_they_are_named(DatabaseKind kind)
    {
        await using var database = await Database.Create(kind);
        string[] damages = kind == DatabaseKind.Sqlite
            ? ["manifest = 'room.from-the-future.9'", "message = x'FFFFFF'", "message = substr(message, 1, length(message) - 1) || CASE substr(message, -1) WHEN x'00' THEN x'01' ELSE x'00' END"]
            : ["manifest = 'room.from-the-future.9'", "message = '\\xFFFFFF'", "message = set_byte(message, length(message) - 1, get_byte(message, length(message) - 1) # 1)"];
        var (ann, bob) = (new Person(UserId.New(DateTimeOffset.UnixEpoch), "Ann"), new Person(UserId.New(DateTimeOffset.UnixEpoch), "Bob"));
        var damaged = damages.Select(_ => RoomId.New(DateTimeOffset.UnixEpoch)).ToList();
        var whole = RoomId.New(DateTimeOffset.UnixEpoch);
        var host = ActorHost.Start(settings: database.Settings);
        foreach (var room in damaged.Append(whole))
            await host.Region<RoomRegion>().Ask<RoomReplies.RoomIs>(new RoomCommands.OpenPair(room, ann, bob), Patience);
        foreach (var (room, damage) in damaged.Zip(damages))
            await database.Execute($"UPDATE journal SET {damage} WHERE persistence_id = 'room-{room}' AND sequence_number = 2");

        using var again = host.Restart();
        var rooms = again.Region<RoomRegion>();
        foreach (var room in damaged)
            rooms.Tell(new RoomQueries.GetRoom(room, ann.UserId), ActorRefs.NoSender);
        await Eventually(again, failing => failing.Count == damaged.Count);

        var named = again.Services.GetRequiredService<FailingEntities>().Now.Select(entity => (entity.Region, entity.Entity));
        Assert.Equal(damaged.Select(room => ("rooms", room.Value)).Order(), named.Order());
        Assert.Equal(2, (await rooms.Ask<RoomReplies.RoomIs>(new RoomQueries.GetRoom(whole, ann.UserId), Patience)).Room.LastSeq);
        foreach (var room in damaged)
            Assert.Equal(ErrorCode.Unavailable, (await rooms.Ask<Rejection>(new RoomQueries.GetRoom(room, ann.UserId), Patience)).Code);
    }

    private static Task Eventually(ActorHost host, Func<IReadOnlyList<(string Region, string Entity, DateTimeOffset Since)>, bool> holds) =>
        new global::Akka.TestKit.Xunit2.TestKit(host.System)
            .AwaitConditionAsync(() => Task.FromResult(holds(host.Services.GetRequiredService<FailingEntities>().Now)), Patience);
}
