using Akka.Actor;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;

namespace WebChat.Tests.Actors.Journal;

public sealed class DamagedJournalTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("webchat-damaged-");

    [Theory]
    [InlineData("manifest = 'room.from-the-future.9'")]
    [InlineData("message = x'FFFFFF'")]
    [InlineData("message = substr(message, 1, length(message) - 1) || CASE substr(message, -1) WHEN x'00' THEN x'01' ELSE x'00' END")] // what is sealed in it
    public async Task A_room_with_an_unreadable_row_fails_alone_and_is_named(string damage)
    {
        var (ann, bob) = (new Person(UserId.New(DateTimeOffset.UnixEpoch), "Ann"), new Person(UserId.New(DateTimeOffset.UnixEpoch), "Bob"));
        var (damaged, whole) = (RoomId.New(DateTimeOffset.UnixEpoch), RoomId.New(DateTimeOffset.UnixEpoch));
        using (var host = ActorHost.StartIn(_directory.FullName))
        {
            foreach (var room in new[] { damaged, whole })
                await host.Region<RoomRegion>().Ask<RoomReplies.RoomIs>(new RoomCommands.OpenPair(room, ann, bob), Patience);
        }

        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_directory.FullName, "webchat.db")};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"UPDATE journal SET {damage} WHERE persistence_id = 'room-{damaged}' AND sequence_number = 2";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        using var again = ActorHost.StartIn(_directory.FullName);
        var rooms = again.Region<RoomRegion>();
        rooms.Tell(new RoomQueries.GetRoom(damaged, ann.UserId), ActorRefs.NoSender);
        await Eventually(again, failing => failing is [("rooms", var entity, _)] && entity == damaged.Value);

        Assert.Equal(2, (await rooms.Ask<RoomReplies.RoomIs>(new RoomQueries.GetRoom(whole, ann.UserId), Patience)).Room.LastSeq);
        var refused = await rooms.Ask<Rejection>(new RoomQueries.GetRoom(damaged, ann.UserId), Patience);
        Assert.Equal(ErrorCode.Unavailable, refused.Code);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static Task Eventually(ActorHost host, Func<IReadOnlyList<(string Region, string Entity, DateTimeOffset Since)>, bool> holds) =>
        new global::Akka.TestKit.Xunit2.TestKit(host.System)
            .AwaitConditionAsync(() => Task.FromResult(holds(host.Services.GetRequiredService<FailingEntities>().Now)), Patience);
}
