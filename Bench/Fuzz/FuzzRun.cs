using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using Spectre.Console;
using WebChat.Bench.Load;
using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Bench.Fuzz;

/// <summary>The inputs of a run, and what came of them.</summary>
/// <param name="server">Their server.</param>
/// <param name="admin">An admin of the server.</param>
/// <param name="seed">Decides on the inputs, with the name of the target and the number of the round.</param>
/// <param name="start">The first round.</param>
/// <param name="pace">The least time from an input of a target to the next.</param>
internal sealed class FuzzRun(WebChatServer server, Credentials admin, int seed, int start, TimeSpan pace)
{
    /// <summary>Inputs with the same users: they depend on each other, so that a round is repeated as a whole.</summary>
    private const int InputsPerRound = 50;

    private readonly ConcurrentDictionary<(string Target, string Answer), int> _answers = new();
    private readonly ConcurrentQueue<string> _faults = new();

    /// <summary>What was found, with all that is needed to repeat it.</summary>
    public IEnumerable<string> Faults => _faults;

    /// <summary>Fuzzes some targets side by side.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="iterations">Inputs of each, or fewer of costly ones; null: as many as there is time for.</param>
    /// <param name="time">How long, without a number of inputs.</param>
    /// <param name="cancellationToken">Ends it before its time.</param>
    public Task AllAsync(IEnumerable<ITarget> targets, int? iterations, TimeSpan time, CancellationToken cancellationToken) =>
        Task.WhenAll(targets.Select(target => Task.Run(() => FuzzAsync(target, iterations, time, cancellationToken), cancellationToken)));

    /// <summary>How often each target got each answer.</summary>
    public Table ToTable()
    {
        var table = new Table().AddColumns("kind", "inputs", "answers");
        foreach (var target in _answers.GroupBy(answer => answer.Key.Target).OrderBy(target => target.Key, StringComparer.Ordinal))
            table.AddRow(target.Key, $"{target.Sum(answer => answer.Value)}", Markup.Escape(string.Join(", ", target.OrderByDescending(answer => answer.Value).Select(answer => $"{(answer.Key.Answer.Length == 0 ? "none" : answer.Key.Answer)}: {answer.Value}"))));
        return table;
    }

    private static async Task<Outcome> TryAsync(ITarget target, Cast cast, Random random)
    {
        try
        {
            return await target.TryAsync(cast, random);
        }
        catch (SocketException ex)
        {
            return new("a new connection", "", ex.Message);
        }
    }

    private async Task FuzzAsync(ITarget target, int? iterations, TimeSpan time, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(pace);
        for (var (round, done) = (start, 0); ; round++)
        {
            // Not a hash code, which differs from process to process.
            var random = new Random(unchecked((((seed * 31) + target.Name[0]) * 1_000_003) + round));
            Cast cast;
            try
            {
                cast = await Cast.CreateAsync(server, admin).WaitAsync(Outcome.Patience, cancellationToken);
            }
            catch (Exception ex) when (ex is ApiException or ConnectionLostException or InvalidDataException or HttpRequestException or TimeoutException)
            {
                _faults.Enqueue($"{target.Name} before round {round}: new users are not served: {ex}");
                return;
            }

            for (var i = 0; i < InputsPerRound; i++, done += target.Cost)
            {
                if (iterations is { } most ? done >= most : clock.Elapsed >= time)
                    return;
                await timer.WaitForNextTickAsync(cancellationToken);
                var outcome = await TryAsync(target, cast, random);
                _answers.AddOrUpdate((target.Name, outcome.Answer), 1, (_, count) => count + 1);
                if (outcome.Fault is { } fault)
                    _faults.Enqueue($"{target.Name}, input {i} of: fuzz --only {target.Name} --seed {seed} --start {round} --iterations {InputsPerRound * target.Cost}\n  input: {outcome.Input}\n  fault: {fault}");
            }
        }
    }
}
