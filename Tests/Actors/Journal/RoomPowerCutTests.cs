using Akka.Actor;
using WebChat.Actors.Hosting;
using WebChat.Actors.Journal;
using WebChat.Actors.Journal.Sealing;
using WebChat.Actors.Options;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Tests.Actors.Journal.Faults.PowerCut;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Actors.Journal;

/// <summary>What was acknowledged is there after a power cut and can be read, which takes its writer's key as well.</summary>
public sealed class RoomPowerCutTests
{
    private const int MessagesOfRoom = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [CompilerFact]
    public async Task Every_acknowledged_message_can_be_read_after_a_power_cut()
    {
        var directory = Directory.CreateTempSubdirectory("webchat-power-");
        var log = await WatchedProcess.Run(Path.Combine(directory.FullName, "webchat.db"), 500, "room-writer", directory.FullName);
        directory.Delete(recursive: true);
        var read = 0;

        foreach (var (disk, said) in log.Cuts([], count: 24, new Random(11)))
        {
            var left = Directory.CreateTempSubdirectory("webchat-power-");
            foreach (var (name, bytes) in disk)
                await File.WriteAllBytesAsync(Path.Combine(left.FullName, $"webchat.db{name}"), bytes);
            using (var database = new JournalDatabase(Microsoft.Extensions.Options.Options.Create(new StorageOptions { DataDirectory = left.FullName })))
            {
                await database.StartAsync(default);
                var history = new RoomHistory(database, new Sealer(new PersonKeys(new PersonKeyTable(database))));
                foreach (var room in said.Select(line => line.Split('|')).GroupBy(fields => fields[0], fields => int.Parse(fields[1])))
                {
                    var page = await history.ListMessages(new RoomId(room.Key), long.MaxValue, 50, new MemberId("nobody"), default);
                    Assert.Equal(Enumerable.Range(1, room.Max()).Select(i => $"text {i}"), page.Messages.Reverse().Take(room.Max()).Select(message => message.Text));
                    read++;
                }
            }

            left.Delete(recursive: true);
        }

        Assert.InRange(read, 100, int.MaxValue);
    }

    /// <summary>What the process does: new people meet in new rooms, and talk. It prints the room and the number of each message that was acknowledged.</summary>
    public static async Task<int> TalkWithoutEnd(string directory)
    {
        using var host = ActorHost.StartIn(directory);
        var rooms = host.Region<RoomRegion>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Meet()));
        return 0;

        async Task Meet()
        {
            while (true)
            {
                var room = RoomId.New(DateTimeOffset.UtcNow);
                Person[] people = [new(UserId.New(DateTimeOffset.UtcNow), "Ann"), new(UserId.New(DateTimeOffset.UtcNow), "Bob")];
                await rooms.Ask<RoomReplies.RoomIs>(new RoomCommands.OpenPair(room, people[0], people[1]), Patience);
                for (var i = 1; i <= MessagesOfRoom; i++)
                {
                    await rooms.Ask<RoomReplies.Posted>(new RoomCommands.Send(room, people[i % 2].UserId, new($"{i}"), new($"text {i}"), ""), Patience);
                    Console.WriteLine($"{room}|{i}");
                }
            }
        }
    }
}
