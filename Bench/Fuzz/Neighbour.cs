using System.Diagnostics;
using WebChat.Bench.Load;
using WebChat.Clients;

namespace WebChat.Bench.Fuzz;

/// <summary>Two members that talk at a steady rate and do nothing wrong, whatever other clients do to the server.</summary>
internal sealed class Neighbour(IReadOnlyList<IMember> members)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    /// <summary>Why a message was not acknowledged; null if each was.</summary>
    public string? Fault { get; private set; }

    /// <summary>Connects the two.</summary>
    public static async Task<Neighbour> ConnectAsync(WebChatServer server) => new(await server.ConnectGroupsAsync(1, 2, ChatTransport.Binary));

    /// <summary>Talks until a task has ended. Returns how long acknowledgements took.</summary>
    public async Task<Latencies> TalkDuringAsync(Task other)
    {
        var latencies = new Latencies();
        var unanswered = new List<Task>();
        using var timer = new PeriodicTimer(Pace);
        for (var n = 0; !other.IsCompleted && Fault is null && await timer.WaitForNextTickAsync(); n++)
        {
            unanswered.RemoveAll(task => task.IsCompleted);
            unanswered.Add(SendAsync(members[n % members.Count], n, latencies));
        }

        await Task.WhenAll([other, .. unanswered]);
        return latencies;
    }

    private async Task SendAsync(IMember member, int n, Latencies latencies)
    {
        try
        {
            var began = Stopwatch.GetTimestamp();
            var answer = await member.SendAsync($"hello {n}");
            latencies.Record(Stopwatch.GetElapsedTime(began));
            Fault ??= answer.Error;
        }
        catch (ConnectionLostException ex)
        {
            Fault = ex.Message;
        }
    }
}
