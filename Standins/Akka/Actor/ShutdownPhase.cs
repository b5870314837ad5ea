using Akka.Configuration;

namespace Akka.Actor;

/// <summary>A phase of the coordinated shutdown, as it is configured.</summary>
internal sealed record ShutdownPhase(IReadOnlyList<string> DependsOn, TimeSpan Timeout, bool Recover, bool Enabled)
{
    /// <summary>Reads <c>akka.coordinated-shutdown</c>.</summary>
    public static IReadOnlyDictionary<string, ShutdownPhase> Read(Config config)
    {
        var standard = config.GetTimeSpan("default-phase-timeout");
        var phases = new Dictionary<string, ShutdownPhase>();
        foreach (var (name, value) in config.GetConfig("phases")?.AsEnumerable() ?? [])
        {
            var phase = value.ToConfig();
            phases[name] = new ShutdownPhase(
                phase.HasPath("depends-on") ? [.. phase.GetStringList("depends-on")] : [],
                phase.GetTimeSpan("timeout", standard),
                phase.GetBoolean("recover", true),
                phase.GetBoolean("enabled", true));
        }

        return phases;
    }

    /// <summary>All phases, each after those that it depends on.</summary>
    /// <exception cref="ArgumentException">They depend on each other in a circle.</exception>
    public static IReadOnlyList<string> Sort(IReadOnlyDictionary<string, ShutdownPhase> phases)
    {
        var sorted = new List<string>();
        var path = new HashSet<string>();
        foreach (var phase in phases.Keys) Visit(phase);
        return sorted;

        void Visit(string phase)
        {
            if (sorted.Contains(phase)) return;
            if (!path.Add(phase)) throw new ArgumentException($"Cycle detected in graph of phases. It must be a DAG. Phase [{phase}] depends transitively on itself.");
            if (phases.TryGetValue(phase, out var settings))
                foreach (var earlier in settings.DependsOn) Visit(earlier);
            path.Remove(phase);
            sorted.Add(phase);
        }
    }
}
