using System.Collections.Concurrent;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Stops a system in phases. The tasks of a phase run side by side; the next phase begins when they have ended or the
/// phase's time is up. It runs once: when the system is terminated, when the process exits, or when it is asked to.
/// </summary>
public sealed class CoordinatedShutdown : IExtension
{
    /// <summary>The first phase: before services stop taking new requests.</summary>
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";

    /// <summary>Services stop taking new connections.</summary>
    public const string PhaseServiceUnbind = "service-unbind";

    /// <summary>Services finish what they are at.</summary>
    public const string PhaseServiceRequestsDone = "service-requests-done";

    /// <summary>Services stop.</summary>
    public const string PhaseServiceStop = "service-stop";

    /// <summary>Before the node leaves its cluster.</summary>
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";

    /// <summary>Shard regions hand over.</summary>
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";

    /// <summary>The node leaves its cluster.</summary>
    public const string PhaseClusterLeave = "cluster-leave";

    /// <summary>Singletons hand over.</summary>
    public const string PhaseClusterExiting = "cluster-exiting";

    /// <summary>Leaving is done.</summary>
    public const string PhaseClusterExitingDone = "cluster-exiting-done";

    /// <summary>The cluster extension stops.</summary>
    public const string PhaseClusterShutdown = "cluster-shutdown";

    /// <summary>Before the actors stop.</summary>
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";

    /// <summary>The last phase: the actors stop.</summary>
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly ActorSystemImpl _system;
    private readonly IReadOnlyDictionary<string, ShutdownPhase> _phases;
    private readonly IReadOnlyList<string> _order;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<(string Name, Func<Task<Done>> Task)>> _tasks = new();
    private readonly TaskCompletionSource<Done> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Reason? _reason;

    internal CoordinatedShutdown(ActorSystemImpl system, IReadOnlyDictionary<string, ShutdownPhase> phases)
    {
        _system = system;
        _phases = phases;
        _order = ShutdownPhase.Sort(phases);
    }

    /// <summary>The system that is stopped.</summary>
    public ExtendedActorSystem System => _system;

    /// <summary>Why it was run; null before.</summary>
    public Reason? ShutdownReason => _reason;

    /// <summary>How long all phases that have tasks may take together.</summary>
    public TimeSpan TotalTimeout => _tasks.Keys.Aggregate(TimeSpan.Zero, (sum, phase) => sum + Timeout(phase));

    /// <summary>The coordinated shutdown of a system.</summary>
    public static CoordinatedShutdown Get(ActorSystem sys) => sys.WithExtension<CoordinatedShutdown, CoordinatedShutdownExtension>();

    /// <summary>Has something done in a phase. A task that is added while its phase runs comes too late.</summary>
    /// <exception cref="ConfigurationException">There is no such phase.</exception>
    /// <exception cref="ArgumentException">The task has no name.</exception>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        if (!_order.Contains(phase)) throw new ConfigurationException($"There is no phase [{phase}] in the configuration, but only [{string.Join(", ", _order)}].");
        if (string.IsNullOrEmpty(taskName)) throw new ArgumentException("Set a task name when adding tasks to the Coordinated Shutdown. Try to use unique, self-explanatory names.", nameof(taskName));
        _tasks.GetOrAdd(phase, _ => new ConcurrentQueue<(string, Func<Task<Done>>)>()).Enqueue((taskName, task));
    }

    /// <summary>Runs the phases, from one on if it is given. A second call runs nothing; its task is the first one's.</summary>
    public Task<Done> Run(Reason reason, string? fromPhase = null)
    {
        if (fromPhase is not null && !_order.Contains(fromPhase)) throw new ArgumentException($"Unknown phase [{fromPhase}]", nameof(fromPhase));
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null) _ = RunPhases(fromPhase);
        return _done.Task;
    }

    /// <summary>How long a phase may take.</summary>
    /// <exception cref="ArgumentException">There is no such phase.</exception>
    public TimeSpan Timeout(string phase) => _phases.TryGetValue(phase, out var known) ? known.Timeout : throw new ArgumentException($"Unknown phase [{phase}]", nameof(phase));

    private async Task RunPhases(string? fromPhase)
    {
        // Whoever asked may be in the middle of a message.
        await Task.Yield();
        try
        {
            foreach (var phase in fromPhase is null ? _order : _order.SkipWhile(p => p != fromPhase)) await RunPhase(phase).ConfigureAwait(false);
            _done.TrySetResult(Done.Instance);
        }
        catch (Exception e)
        {
            _done.TrySetException(e);
        }
    }

    private async Task RunPhase(string phase)
    {
        if (!_tasks.TryGetValue(phase, out var tasks)) return;
        var settings = _phases[phase];
        if (!settings.Enabled)
        {
            _system.Log.Info("Phase [{0}] disabled through configuration", phase);
            return;
        }

        _system.Log.Debug("Performing phase [{0}] with [{1}] tasks.", phase, tasks.Count);
        var all = Task.WhenAll(tasks.ToArray().Select(t => RunTask(phase, settings, t.Name, t.Task)));
        try
        {
            await all.WaitAsync(settings.Timeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            if (!settings.Recover) throw new TimeoutException($"Coordinated shutdown phase [{phase}] timed out after {settings.Timeout}");
            if (!all.IsCompletedSuccessfully) _system.Log.Warning("Coordinated shutdown phase [{0}] timed out after {1}", phase, settings.Timeout);
        }
    }

    private async Task RunTask(string phase, ShutdownPhase settings, string name, Func<Task<Done>> task)
    {
        try
        {
            await task().ConfigureAwait(false);
        }
        catch (Exception e) when (settings.Recover)
        {
            _system.Log.Warning(e, "Task [{0}] failed in phase [{1}]: {2}", name, phase, e.Message);
        }
    }

    /// <summary>Why a coordinated shutdown runs.</summary>
    public class Reason
    {
        /// <summary>For reasons of one's own.</summary>
        protected Reason()
        {
        }
    }

    /// <summary>For a reason that is not known.</summary>
    public class UnknownReason : Reason
    {
        /// <summary>The only instance.</summary>
        public static readonly Reason Instance = new UnknownReason();

        private UnknownReason()
        {
        }
    }

    /// <summary>The system is being terminated.</summary>
    public class ActorSystemTerminateReason : Reason
    {
        /// <summary>The only instance.</summary>
        public static readonly Reason Instance = new ActorSystemTerminateReason();

        private ActorSystemTerminateReason()
        {
        }
    }

    /// <summary>The process exits.</summary>
    public class ClrExitReason : Reason
    {
        /// <summary>The only instance.</summary>
        public static readonly Reason Instance = new ClrExitReason();

        private ClrExitReason()
        {
        }
    }
}
