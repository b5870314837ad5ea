using System.Globalization;
using Akka.Actor;
using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;

namespace WebChat.Tests.Actors.Persistence.Faults;

/// <summary>
/// The load of the fault tests: each lane sends numbered messages, one after the other, each after the acknowledgement of the one
/// before. Every few messages a lane opens a new room for two new users. The room follows from the message's number, so a lane
/// may continue in another process.
/// </summary>
internal static class Talk
{
    public const int Lanes = 20;

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int MessagesPerRoom = 10;

    /// <summary>A process of this assembly that talks until it is killed. It prints <c>lane|message</c> for each acknowledged message, and <c>refused</c> for each refused one.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="last">The last acknowledged message of each lane, separated by commas.</param>
    public static async Task<int> Run(string directory, string last)
    {
        using var host = ActorHost.StartIn(directory, virtualTime: false);
        var rooms = host.Region<RoomRegion>();
        await Task.WhenAll(last.Split(',').Select((number, lane) =>
            Send(rooms, lane, int.Parse(number, CultureInfo.InvariantCulture), message => Print($"{lane}|{message}"), () => Print("refused"), CancellationToken.None)));
        return 0;
    }

    /// <summary>Sends the messages of a lane until it is told to stop. A refused message is sent again, as a client would, until it is acknowledged.</summary>
    public static async Task Send(IActorRef rooms, int lane, int last, Action<int> acknowledged, Action refused, CancellationToken stop)
    {
        var room = default(RoomId);
        for (var i = last + 1; !stop.IsCancellationRequested; i++)
        {
            var people = PeopleOf(lane, i);
            if (RoomOf(lane, i) != room)
                await Insist(rooms, new RoomCommands.OpenPair(room = RoomOf(lane, i), people[0], people[1]), refused);
            await Insist(rooms, new RoomCommands.Send(room, people[i % 2].UserId, new($"{i}"), new(TextOf(i)), ""), refused);
            acknowledged(i);
        }
    }

    public static RoomId RoomOf(int lane, int message) => new($"{lane:x2}{message / MessagesPerRoom:x30}");

    public static string TextOf(int message) => $"text {message}";

    private static Person[] PeopleOf(int lane, int message)
    {
        var room = RoomOf(lane, message).Value[1..];
        return [new(new($"a{room}"), "Ann"), new(new($"b{room}"), "Bob")];
    }

    private static async Task Insist(IActorRef rooms, RoomRequest request, Action refused)
    {
        while (await rooms.Ask<Reply>(request, Patience) is Rejection rejection)
        {
            Assert.Equal(ErrorCode.Unavailable, rejection.Code);
            refused();
            await Task.Delay(rejection.RetryAfter ?? TimeSpan.FromMilliseconds(200));
        }
    }

    /// <summary>Writes each line in one system call, so that the reader has all of them even if this process ends right after.</summary>
    private static void Print(string line)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
