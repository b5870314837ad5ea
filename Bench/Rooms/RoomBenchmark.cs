using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Persistence;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Bench.Journal;

namespace WebChat.Bench.Rooms;

/// <summary>What a room of many messages costs: its snapshot, its memory, its return from the journal, pages of its history, and changes to its messages.</summary>
internal static class RoomBenchmark
{
    private const int Repetitions = 7;
    private const int Pages = 500;
    private const int PageSize = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Measures and prints tables.</summary>
    public static async Task Run(RoomSize size, TextWriter output)
    {
        using var folder = new JournalFolder();
        var room = await LargeRoom.Write(folder, size);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{size.Messages:N0} messages, {size.Changed:N0} of them changed, {size.Members:N0} members, {folder.Megabytes:N0} MB"));
        await output.WriteLineAsync();
        await MeasureReturn(folder, room, output);
        await MeasureHistory(folder, room, output);
        await output.WriteLineAsync();
        await MeasureWriting(output);
    }

    private static async Task MeasureReturn(JournalFolder folder, LargeRoom room, TextWriter output)
    {
        var times = new List<double>();
        var bytes = new List<double>();
        for (var i = 0; i < Repetitions; i++)
        {
            using var host = folder.Start();
            // The runtime's warming up.
            var (ann, bob) = (new Person(UserId.New(DateTimeOffset.UtcNow), "Ann"), new Person(UserId.New(DateTimeOffset.UtcNow), "Bob"));
            await Ask<RoomReplies.RoomIs>(host, new RoomCommands.OpenPair(RoomId.New(DateTimeOffset.UtcNow), ann, bob));
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var began = Stopwatch.GetTimestamp();
            await Ask<RoomReplies.RoomIs>(host, new RoomQueries.GetRoom(room.Id, room.User));
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            bytes.Add(GC.GetTotalMemory(forceFullCollection: true) - before);
            await host.StopAsync();
        }

        bytes.Sort();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"snapshot {room.SnapshotBytes / 1024.0:N1} KiB, room in memory {bytes[bytes.Count / 2] / 1024:N0} KiB"));
        await output.WriteLineAsync();
        await output.WriteLineAsync(Timings.Head);
        await output.WriteLineAsync(Timings.Line("first answer of a room that was not in memory", times));
    }

    private static async Task MeasureHistory(JournalFolder folder, LargeRoom room, TextWriter output)
    {
        using var host = folder.Start();
        var history = host.Services.GetRequiredService<RoomHistory>();
        var random = new Random(1);
        var lastChange = room.Changed[^1] + room.Changed.Count;
        await Read(() => random.NextInt64(room.Changed[0], room.Changed[^1]));
        await output.WriteLineAsync(Timings.Line($"a page of {PageSize} anywhere", await Read(() => random.NextInt64(room.Changed[0], room.Changed[^1]))));
        await output.WriteLineAsync(Timings.Line($"a page of {PageSize} that begins with a changed message", await Read(() => room.Changed[random.Next(room.Changed.Count)] + 1)));
        await output.WriteLineAsync(Timings.Line("the newest page, behind which all changes were made in a row", await Read(() => lastChange + 2)));

        async Task<List<double>> Read(Func<long> before)
        {
            var times = new List<double>();
            for (var i = 0; i < Pages; i++)
            {
                var seq = before();
                var began = Stopwatch.GetTimestamp();
                var (reader, _) = await history.FindReader(room.Id, room.User, default);
                var page = await history.ListMessages(room.Id, seq, PageSize, reader, default);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                if (page.Messages.Count == 0)
                    throw new InvalidOperationException($"The page before {seq} is empty.");
            }

            return times;
        }
    }

    // The same number of events through the same rooms, each room's one after the other: without tags, and with.
    private static async Task MeasureWriting(TextWriter output)
    {
        const int Rooms = 200;
        const int Events = 100;
        await output.WriteLineAsync("| written by 200 rooms at once | events/s | CPU/event |");
        await output.WriteLineAsync("|---|--:|--:|");
        using var folder = new JournalFolder();
        using var host = folder.Start();
        var talks = await Task.WhenAll(Enumerable.Range(0, Rooms).Select(async _ =>
        {
            var (id, ann, bob) = (RoomId.New(DateTimeOffset.UtcNow), new Person(UserId.New(DateTimeOffset.UtcNow), "Ann"), new Person(UserId.New(DateTimeOffset.UtcNow), "Bob"));
            await Ask<RoomReplies.RoomIs>(host, new RoomCommands.OpenPair(id, ann, bob));
            var posted = await Ask<RoomReplies.Posted>(host, new RoomCommands.Send(id, ann.UserId, new("first"), new("Good morning!"), ""));
            return (id, ann.UserId, posted.MessageId);
        }));
        for (var round = 0; round < 3; round++)
        {
            var (part, isLast) = (round, round == 2);
            await Measure("messages", (i, room, user, _) => new RoomCommands.Send(room, user, new($"{part} {i}"), new("Good morning! How did it go yesterday evening?"), ""), isLast);
            await Measure("changes of messages", (i, room, user, message) => new RoomCommands.React(room, user, message, new("👍"), i % 2 == 0), isLast);
        }

        async Task Measure(string what, Func<int, RoomId, UserId, MessageId, RoomRequest> request, bool prints)
        {
            var cpu = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.StartNew();
            await Task.WhenAll(talks.Select(async talk =>
            {
                for (var i = 0; i < Events; i++)
                    await Ask<RoomReplies.Acknowledged>(host, request(i, talk.id, talk.UserId, talk.MessageId));
            }));
            var (elapsed, used) = (clock.Elapsed, Environment.CpuUsage.TotalTime - cpu);
            if (prints)
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {what} | {Rooms * Events / elapsed.TotalSeconds:N0} | {used.TotalMicroseconds / (Rooms * Events):F1} µs |"));
        }
    }

    private static async Task<TReply> Ask<TReply>(IHost host, RoomRequest request)
        where TReply : Reply =>
        (TReply)await host.Services.GetRequiredService<IRequiredActor<RoomRegion>>().ActorRef.Ask<Reply>(request, Patience);
}
