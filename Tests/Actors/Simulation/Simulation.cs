using System.Globalization;
using Akka.Actor;
using Akka.Event;
using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Matching;
using WebChat.Actors.Options;
using WebChat.Actors.Persistence.Schema;

namespace WebChat.Tests.Actors.Simulation;

/// <summary>
/// One schedule: the server's actors and a few members on one thread, in virtual time, on a disk with faults, with crashes. All
/// chance comes from the seed, so that a seed always gives the same schedule.
/// </summary>
/// <remarks>
/// It needs a process of its own, whose thread pool has one thread. The loop runs there, and lets everything that a step has
/// started on the pool end before the next step. A real clock, a second thread or another random source would make runs differ.
/// </remarks>
internal sealed class Simulation : IDisposable
{
    // Later than any real clock, which nothing here may read.
    private static readonly DateTimeOffset Start = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Names = ["Ann", "Bob", "Cyd", "Dan", "Eve"];

    // Longer than any search, absence, back-off and retry.
    private static readonly TimeSpan SettleFor = TimeSpan.FromSeconds(75);

    private static readonly Lazy<byte[]> EmptyDatabase = new(MakeDatabase);

    private readonly DirectoryInfo _directory;
    private readonly Random _ids;
    private readonly bool _traces;
    private readonly List<string> _trace = [];
    private long _steps;

    private Simulation(int seed, bool traces, bool isLossy)
    {
        (Random, _ids, _traces) = (new(seed), new(~seed), traces);
        _directory = Directory.CreateTempSubdirectory("webchat-simulation-");
        File.WriteAllBytes(Path.Combine(_directory.FullName, "webchat.db"), EmptyDatabase.Value);
        Current = this;
        Identifier.Source = NextId;
        Journal = new(this);
        Disk = new(this, Path.Combine(_directory.FullName, "webchat.db")) { Written = Journal.Add, IsLossy = isLossy };
        Members = [.. Names.Take(Random.Next(2, Names.Length + 1)).Select(name => new Member(name))];
    }

    /// <summary>The simulation that runs in this process, for what the actor system makes by name.</summary>
    public static Simulation Current { get; private set; } = null!;

    public Random Random { get; }

    public DateTimeOffset Now { get; private set; } = Start;

    public TimeSpan Elapsed => Now - Start;

    public Disk Disk { get; }

    public JournalWatch Journal { get; }

    public Machine Machine { get; set; } = null!;

    public IReadOnlyList<Member> Members { get; }

    /// <summary>Whether the faults have ended, and members only wait for answers.</summary>
    public bool IsSettling { get; private set; }

    /// <summary>Whether members may delete their accounts.</summary>
    public bool MayDelete { get; private set; }

    /// <summary>What is wrong; null as long as nothing is.</summary>
    public string? Fault { get; private set; }

    public Dictionary<string, string?> Settings => new()
    {
        ["WebChat:DataDirectory"] = _directory.FullName,
        ["WebChat:MigrateOnStart"] = "false",
        ["WebChat:Sessions:GracePeriod"] = "00:00:08",
        ["WebChat:Rooms:IdleAfter"] = "00:00:02",
        ["WebChat:Rooms:PromptAfter"] = "00:00:05",
        ["WebChat:Rooms:PromptOpenFor"] = "00:00:02",
        ["WebChat:Rooms:SilenceEndsAfter"] = "00:00:20",
        ["WebChat:Matching:SearchTimeout"] = "00:00:10",
        ["WebChat:Matching:Patience"] = "00:00:02",
        ["WebChat:Matching:RematchAfter"] = "00:00:05",
    };

    /// <summary>Runs a schedule on the process's thread pool, which must have one thread.</summary>
    /// <param name="seed">All its chance.</param>
    /// <param name="traces">Whether to keep what happens.</param>
    /// <param name="isLossy">Whether the disk loses writes that it acknowledges, so that there is a fault to be found.</param>
    public static async Task<Outcome> Run(int seed, bool traces, bool isLossy)
    {
        using var simulation = new Simulation(seed, traces, isLossy);
        try
        {
            await simulation.Run();
        }
        catch (Exception ex)
        {
            simulation.Fail(ex.ToString());
        }

        return new(simulation.Fault, simulation._trace);
    }

    /// <summary>Notes that something is wrong. Only the first fault counts.</summary>
    public void Fail(string what)
    {
        Trace($"FAULT  {what}");
        Fault ??= what;
    }

    public void Require(bool condition, string otherwise)
    {
        if (!condition)
            Fail(otherwise);
    }

    /// <summary>Notes what happens, if that is kept.</summary>
    public void Trace(FormattableString what)
    {
        if (_traces)
            _trace.Add(string.Create(CultureInfo.InvariantCulture, $"{Elapsed.TotalMilliseconds,9:F0} ms {_steps,6} {FormattableString.Invariant(what)}"));
    }

    public void TurnClock(DateTimeOffset to) => Now = to > Now ? to : Now;

    /// <summary>Fails if this does not run on the one thread.</summary>
    public void CheckThread() => Require(Thread.CurrentThread.IsThreadPoolThread, "an actor was woken by another thread");

    public void Dispose()
    {
        Machine?.Crash();
        Disk.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task Run()
    {
        int[] intensities = [0, 0, 20, 60, 150];
        Disk.Faults = intensities[Random.Next(intensities.Length)];
        MayDelete = Random.Next(3) == 0;
        var turmoil = TimeSpan.FromSeconds(Random.Next(5, 25));
        var crashes = Random.Next(4);
        Trace($"{Members.Count} members, {Disk.Faults} faults of 1,000 writes, {crashes} crashes, {turmoil}");
        await StartMachine();
        for (var crash = 0; crash < crashes && Fault is null; crash++)
        {
            var at = Elapsed + (turmoil * (1 + Random.NextDouble()) / (2 * crashes));
            await StepWhile(() => Elapsed < at);
            var more = Random.Next(40);
            await StepWhile(() => more-- > 0);
            Trace($"CRASH");
            Machine.Crash();
            Disk.Crash();
            await StartMachine();
        }

        await StepWhile(() => Elapsed < turmoil);
        Trace($"SETTLE");
        (IsSettling, Disk.Faults) = (true, 0);
        foreach (var member in Members)
            member.Returns = Random.Next(4) > 0;
        // The matcher continues when it is next asked for anything.
        Machine.Region<MatcherRegion>().Tell(new MatcherQueries.CountWaiting());
        var end = Elapsed + SettleFor;
        await StepWhile(() => Elapsed < end);
        if (Fault is null)
            FinalCheck.Run(this);
    }

    private async Task StartMachine()
    {
        await Machine.Start(this);
        var log = Machine.System.ActorOf(Props.Create(() => new LogWatch(this)), "log");
        Machine.System.EventStream.Subscribe(log, typeof(LogEvent));
        Machine.System.EventStream.Subscribe(log, typeof(UnhandledMessage));
        foreach (var member in Members)
            Machine.System.ActorOf(Props.Create(() => new MemberActor(Machine, member)), member.Name);
    }

    private async Task StepWhile(Func<bool> condition)
    {
        while (condition() && Fault is null)
        {
            // A yield goes to the end of the pool's queue: what the last step has started there comes before it.
            while (ThreadPool.PendingWorkItemCount > 0)
                await Task.Yield();
            _steps++;
            if (!Machine.Step(Random))
                return;
        }
    }

    // A UUIDv7 whose random bits are the simulation's.
    private Guid NextId(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ids.NextBytes(bytes);
        var time = now.ToUnixTimeMilliseconds();
        for (var i = 0; i < 6; i++)
            bytes[i] = (byte)(time >> (40 - (8 * i)));
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new(bytes, bigEndian: true);
    }

    private static byte[] MakeDatabase()
    {
        var directory = Directory.CreateTempSubdirectory("webchat-simulation-");
        var storage = new StorageOptions { DataDirectory = directory.FullName, ConnectionString = $"Data Source={Path.Combine(directory.FullName, "webchat.db")};Pooling=False" };
        new JournalSchema(storage).Migrate();
        var database = File.ReadAllBytes(Path.Combine(directory.FullName, "webchat.db"));
        directory.Delete(recursive: true);
        return database;
    }
}

/// <summary>How a schedule went.</summary>
/// <param name="Fault">What is wrong; null if nothing is.</param>
/// <param name="Trace">What happened; empty if that is not kept.</param>
internal sealed record Outcome(string? Fault, IReadOnlyList<string> Trace);
