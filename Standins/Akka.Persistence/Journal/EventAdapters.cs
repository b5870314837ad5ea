using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Persistence.Journal;

/// <summary>The event adapters of one journal plugin, by the type of the event.</summary>
public class EventAdapters
{
    private readonly ConcurrentDictionary<Type, IEventAdapter> _map;
    private readonly IEnumerable<KeyValuePair<Type, IEventAdapter>> _bindings;

    protected EventAdapters(ConcurrentDictionary<Type, IEventAdapter> map, IEnumerable<KeyValuePair<Type, IEventAdapter>> bindings, ILoggingAdapter log)
    {
        _map = map;
        _bindings = bindings;
    }

    /// <summary>Whether no adapter is configured, so that events pass as they are.</summary>
    internal bool IsEmpty => !_bindings.Any();

    /// <summary>Reads <c>event-adapters</c> and <c>event-adapter-bindings</c> of a plugin's configuration.</summary>
    /// <exception cref="ArgumentException">A binding names an adapter or a type that does not exist.</exception>
    public static EventAdapters Create(ExtendedActorSystem system, Config config)
    {
        var adapters = new Dictionary<string, IEventAdapter>();
        foreach (var (name, type) in Entries(config, "event-adapters"))
        {
            adapters.Add(name, Instantiate(type.GetString()!, system));
        }

        var bindings = new List<KeyValuePair<Type, IEventAdapter>>();
        foreach (var (typeName, names) in Entries(config, "event-adapter-bindings"))
        {
            var type = Type.GetType(typeName, throwOnError: false)
                ?? throw new ArgumentException($"event-adapter-bindings: there is no type {typeName}.");
            var bound = (names.IsArray() ? names.GetStringList() : [names.GetString()!]).Select(name => adapters.TryGetValue(name, out var adapter)
                ? adapter
                : throw new ArgumentException($"event-adapter-bindings: {typeName} is bound to {name}, which event-adapters does not have.")).ToList();
            bindings.Add(new(type, bound is [var only] ? only : new CombinedReadEventAdapter(bound)));
        }

        return new EventAdapters(new(), BySpecificity(bindings), system.Log);
    }

    /// <summary>The adapter bound to a type, or else to the most specific of its base types; events of other types pass as they are.</summary>
    public IEventAdapter Get(Type type) =>
        _map.GetOrAdd(type, static (type, bindings) => bindings.FirstOrDefault(b => b.Key.IsAssignableFrom(type)).Value ?? IdentityEventAdapter.Instance, _bindings);

    private static IEnumerable<KeyValuePair<string, Configuration.Hocon.HoconValue>> Entries(Config config, string path) =>
        config.HasPath(path) ? config.GetConfig(path)!.AsEnumerable() : [];

    private static List<KeyValuePair<Type, IEventAdapter>> BySpecificity(List<KeyValuePair<Type, IEventAdapter>> bindings)
    {
        var sorted = new List<KeyValuePair<Type, IEventAdapter>>();
        foreach (var binding in bindings)
        {
            var before = sorted.FindIndex(other => other.Key.IsAssignableFrom(binding.Key));
            sorted.Insert(before < 0 ? sorted.Count : before, binding);
        }

        return sorted;
    }

    private static IEventAdapter Instantiate(string typeName, ExtendedActorSystem system)
    {
        var type = Type.GetType(typeName, throwOnError: false) ?? throw new ArgumentException($"event-adapters: there is no type {typeName}.");
        var instance = type.GetConstructor([typeof(ExtendedActorSystem)]) is { } constructor
            ? constructor.Invoke([system])
            : Activator.CreateInstance(type)!;
        return instance switch
        {
            IEventAdapter adapter => adapter,
            IReadEventAdapter reader => new ReadOnlyEventAdapter(reader),
            IWriteEventAdapter writer => new WriteOnlyEventAdapter(writer),
            _ => throw new ArgumentException($"event-adapters: {typeName} is not an event adapter."),
        };
    }
}
