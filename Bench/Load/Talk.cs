using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace WebChat.Bench.Load;

/// <summary>How members talk.</summary>
internal sealed record TalkPlan
{
    /// <summary>Bytes of a message's text that say when it was sent, and which one it is.</summary>
    public const int StampBytes = 24;

    /// <summary>Messages a second of all members together, whether or not earlier ones are answered (an open loop); 0: each member sends its next message when one is answered (a closed loop).</summary>
    public double Rate { get; init; }

    /// <summary>In a closed loop, how many unanswered messages each member has.</summary>
    public int InFlight { get; init; } = 1;

    /// <summary>Bytes of each text, <see cref="StampBytes"/> or more.</summary>
    public int MessageBytes { get; init; } = 100;

    /// <summary>How long they talk before it counts.</summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>How long it counts.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>In a closed loop, after how many messages a member breaks its connection and resumes; 0: never.</summary>
    public int ReconnectEvery { get; init; }
}

/// <summary>
/// Lets members talk and measures. The latency of a message counts from when it was due: in an open loop that is the
/// schedule, so that a server that stalls is charged for the messages that it kept from being sent.
/// </summary>
internal sealed class Talk(IReadOnlyList<IMember> members, TalkPlan plan, ProcessUse? server)
{
    private static readonly TimeSpan SampleTime = TimeSpan.FromSeconds(1);

    private readonly string _padding = new('.', plan.MessageBytes - TalkPlan.StampBytes);
    private readonly ConcurrentDictionary<string, long> _errors = new();
    private readonly List<Sample> _samples = [];
    private long _from;
    private long _until;
    private long _lastMessage;
    private long _answered;

    /// <summary>Until the sender has its answer.</summary>
    public Latencies Acknowledged { get; } = new();

    /// <summary>Until another member has the message.</summary>
    public Latencies Delivered { get; } = new();

    /// <summary>From the end of a connection until the session is resumed on a new one.</summary>
    public Latencies Resumed { get; } = new();

    /// <summary>If set, all acknowledged messages are added, for <see cref="Verification"/>.</summary>
    public ConcurrentQueue<Acknowledged>? Log { get; init; }

    /// <summary>Talks for the planned time.</summary>
    /// <param name="progress">Told each second.</param>
    /// <param name="cancellationToken">Ends it before its time.</param>
    public async Task<Measurement> RunAsync(Action<Sample>? progress = null, CancellationToken cancellationToken = default)
    {
        foreach (var member in members)
            member.Heard = Hear;
        _from = Stopwatch.GetTimestamp() + Ticks(plan.WarmUp);
        _until = _from + Ticks(plan.Duration);
        using var _ = cancellationToken.Register(End);
        var talking = plan.Rate > 0
            ? Task.Factory.StartNew(TalkOpenLoop, TaskCreationOptions.LongRunning)
            : Task.WhenAll(members.SelectMany(member => Enumerable.Range(0, plan.InFlight).Select(_ => TalkClosedLoopAsync(member))));

        await Task.WhenAny(talking, Task.Delay(plan.WarmUp, cancellationToken));
        var (answered, cpu, own, memory) = (Volatile.Read(ref _answered), server?.Cpu ?? default, Environment.CpuUsage.TotalTime, server?.Memory ?? 0);
        var clock = Stopwatch.StartNew();
        await SampleAsync(talking, clock, progress);
        var time = clock.Elapsed;
        var measured = new Measurement(this, time, Volatile.Read(ref _answered) - answered)
        {
            ServerCpu = (server?.Cpu ?? default) - cpu,
            OwnCpu = Environment.CpuUsage.TotalTime - own,
            MemoryBefore = memory,
            MemoryAfter = server?.Memory ?? 0,
        };
        await talking.WaitAsync(cancellationToken);
        return measured with { Errors = _errors, Samples = _samples };
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    private static long At(string text) => long.Parse(text.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private void End() => Volatile.Write(ref _until, 0);

    private async Task SampleAsync(Task talking, Stopwatch clock, Action<Sample>? progress)
    {
        var (last, lastAnswered, lastCpu) = (TimeSpan.Zero, Volatile.Read(ref _answered), server?.Cpu ?? default);
        while (clock.Elapsed < plan.Duration && !talking.IsCompleted)
        {
            var left = plan.Duration - clock.Elapsed;
            await Task.WhenAny(talking, Task.Delay(left < SampleTime ? left : SampleTime));
            var (now, answered, cpu) = (clock.Elapsed, Volatile.Read(ref _answered), server?.Cpu ?? default);
            var sample = new Sample(now.TotalSeconds, (answered - lastAnswered) / (now - last).TotalSeconds, (cpu - lastCpu) / (now - last), (server?.Memory ?? 0) / 1048576.0);
            _samples.Add(sample);
            progress?.Invoke(sample);
            (last, lastAnswered, lastCpu) = (now, answered, cpu);
        }
    }

    private async Task TalkClosedLoopAsync(IMember member)
    {
        try
        {
            for (var count = 1; Stopwatch.GetTimestamp() is var due && due < Volatile.Read(ref _until); count++)
            {
                if (await SendAsync(member, due) is { Error: not null } refused)
                    await Task.Delay(refused.RetryAfter);
                if (plan.ReconnectEvery > 0 && count % plan.ReconnectEvery == 0)
                {
                    var began = Stopwatch.GetTimestamp();
                    await ((WebChatMember)member).ReconnectAsync();
                    Record(Resumed, began);
                }
            }
        }
        catch
        {
            End();
            throw;
        }
    }

    // On a thread of its own, so that its pace does not depend on how busy the thread pool is.
    private void TalkOpenLoop()
    {
        Exception? failure = null;
        using var unanswered = new CountdownEvent(1);
        var start = Stopwatch.GetTimestamp();
        for (long n = 0; start + (long)(n * Stopwatch.Frequency / plan.Rate) is var due && due < Volatile.Read(ref _until); n++)
        {
            while (Stopwatch.GetTimestamp() < due)
                Thread.Sleep(1);
            unanswered.AddCount();
            _ = CountedAsync(members[(int)(n % members.Count)], due);
        }

        unanswered.Signal();
        unanswered.Wait();
        if (failure is not null)
            throw new InvalidOperationException("A message was not answered.", failure);

        async Task CountedAsync(IMember member, long due)
        {
            try
            {
                await SendAsync(member, due);
            }
            catch (Exception ex)
            {
                failure = ex;
                End();
            }
            finally
            {
                unanswered.Signal();
            }
        }
    }

    private async Task<Answer> SendAsync(IMember member, long due)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{due:x16}{Interlocked.Increment(ref _lastMessage):x8}{_padding}");
        var answer = await member.SendAsync(text);
        if (answer.Error is { } code)
        {
            _errors.AddOrUpdate(code, 1, (_, count) => count + 1);
            return answer;
        }

        Record(Acknowledged, due);
        Interlocked.Increment(ref _answered);
        Log?.Enqueue(new(member.Room, answer.Seq, text));
        return answer;
    }

    private void Hear(string text) => Record(Delivered, At(text));

    private void Record(Latencies latencies, long due)
    {
        if (due >= _from && due < _from + Ticks(plan.Duration))
            latencies.Record(Stopwatch.GetElapsedTime(due));
    }
}

/// <summary>A message that was acknowledged.</summary>
internal sealed record Acknowledged(string Room, long Seq, string Text);

/// <summary>A second of a measurement.</summary>
/// <param name="At">Seconds since its start.</param>
/// <param name="MessagesPerSecond">Acknowledgements.</param>
/// <param name="ServerCores">CPU seconds of the server a second.</param>
/// <param name="MemoryMiB">Physical memory of the server.</param>
internal sealed record Sample(double At, double MessagesPerSecond, double ServerCores, double MemoryMiB);

/// <summary>What a <see cref="Talk"/> gave.</summary>
/// <param name="Talk">Has the latencies.</param>
/// <param name="Time">How long it counted.</param>
/// <param name="Messages">How many acknowledgements came in that time.</param>
internal sealed record Measurement(Talk Talk, TimeSpan Time, long Messages)
{
    public TimeSpan ServerCpu { get; init; }

    public TimeSpan OwnCpu { get; init; }

    public long MemoryBefore { get; init; }

    public long MemoryAfter { get; init; }

    public IReadOnlyDictionary<string, long> Errors { get; init; } = new Dictionary<string, long>();

    public IReadOnlyList<Sample> Samples { get; init; } = [];

    public double MessagesPerSecond => Messages / Time.TotalSeconds;

    /// <summary>0 if the server's process is not known.</summary>
    public double MessagesPerCpuSecond => ServerCpu > TimeSpan.Zero ? Messages / ServerCpu.TotalSeconds : 0;
}
