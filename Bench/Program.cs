using WebChat.Bench;
using WebChat.Bench.Journal;
using WebChat.Bench.Matching;
using WebChat.Bench.Rooms;
using WebChat.Bench.Sealing;

// dotnet run -c Release --project Bench -- [--pairs 20] [--messages 20000] [--seconds 30] [--lanes 1] [--encoding binary|json] [--url http://localhost:8080]
// dotnet run -c Release --project Bench -- matching
// dotnet run -c Release --project Bench -- sealing
// dotnet run -c Release --project Bench -- journal [--seconds 3] [--actors 200] [--rows 200000] [--recovered 10000]
// dotnet run -c Release --project Bench -- journal history 10000000
// dotnet run -c Release --project Bench -- journal recovery 1000000
// dotnet run -c Release --project Bench -- journal start 1000000
// dotnet run -c Release --project Bench -- room [--messages 1000000] [--changed 10000] [--members 2]
if (args is ["matching"])
{
    MatchBenchmark.Run(Console.Out);
    return 0;
}

if (args is ["sealing"])
{
    await SealingBenchmark.Run(Console.Out);
    return 0;
}

if (args is ["journal", "history" or "recovery" or "start", var number] && int.TryParse(number, out var size) && size >= 10_000)
{
    await (args[1] switch
    {
        "history" => HistoryBenchmark.Run(size, Console.Out),
        "recovery" => RecoveryBenchmark.Run(size, Console.Out),
        _ => StartBenchmark.Run(size, Console.Out),
    });
    return 0;
}

if (args is ["journal", .. var rest])
{
    if (!JournalOptions.TryParse(rest, out var journal, out var misunderstood))
    {
        Console.Error.WriteLine(misunderstood);
        return 2;
    }

    await JournalBenchmark.Run(journal, Console.Out);
    return 0;
}

if (args is ["room", .. var howLarge])
{
    if (!RoomOptions.TryParse(howLarge, out var room, out var unknown))
    {
        Console.Error.WriteLine(unknown);
        return 2;
    }

    await RoomBenchmark.Run(room, Console.Out);
    return 0;
}

if (!LoadOptions.TryParse(args, out var options, out var why))
{
    Console.Error.WriteLine(why);
    return 2;
}

var report = await LoadTest.RunAsync(options);
Console.WriteLine(report);
return 0;
