using System.Buffers.Binary;
using Akka.Actor;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;

namespace WebChat.Tests.Actors.Persistence;

public sealed class GroupCommitTests
{
    private const int Rooms = 200;
    private const int MessagesOfRoom = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Rooms_that_write_at_once_share_transactions()
    {
        var directory = Directory.CreateTempSubdirectory("webchat-commits-");
        var log = Path.Combine(directory.FullName, "webchat.db-wal");
        using (var host = ActorHost.StartIn(directory.FullName))
        {
            var (ann, bob) = (new Person(UserId.New(DateTimeOffset.UnixEpoch), "Ann"), new Person(UserId.New(DateTimeOffset.UnixEpoch), "Bob"));
            var rooms = Enumerable.Range(0, Rooms).Select(_ => RoomId.New(DateTimeOffset.UnixEpoch)).ToList();
            var region = host.Region<RoomRegion>();
            await Task.WhenAll(rooms.Select(room => region.Ask<RoomReplies.RoomIs>(new RoomCommands.OpenPair(room, ann, bob), Patience)));
            var before = CommitsIn(log);

            await Task.WhenAll(rooms.Select(async room =>
            {
                for (var i = 1; i <= MessagesOfRoom; i++)
                    await region.Ask<RoomReplies.Posted>(new RoomCommands.Send(room, ann.UserId, new($"{i}"), new($"text {i}"), ""), Patience);
            }));

            Assert.InRange(CommitsIn(log) - before, 1, Rooms * MessagesOfRoom / 5);
        }

        directory.Delete(recursive: true);
    }

    /// <summary>The number of transactions in a write-ahead log. In SQLite's file format the last page of each holds the size of the database.</summary>
    private static int CommitsIn(string log)
    {
        const int Header = 32, FrameHeader = 24;
        using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var pageSize = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(8));
        var salt = bytes.AsSpan(16, 8);
        var commits = 0;
        for (var frame = Header; frame + FrameHeader + pageSize <= bytes.Length; frame += FrameHeader + pageSize)
        {
            if (bytes.AsSpan(frame + 8, 8).SequenceEqual(salt) && BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(frame + 4)) > 0)
                commits++;
        }

        return commits;
    }
}
