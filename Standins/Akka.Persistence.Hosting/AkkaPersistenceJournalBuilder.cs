using System.Text;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Hosting;

/// <summary>Adds event adapters to one journal plugin.</summary>
public sealed class AkkaPersistenceJournalBuilder
{
    private readonly string _journalId;
    private readonly AkkaConfigurationBuilder _builder;
    private readonly Dictionary<string, Type> _adapters = [];
    private readonly Dictionary<Type, HashSet<string>> _bindings = [];

    /// <param name="journalId">The last part of the plugin's configuration path.</param>
    /// <param name="builder">Whose configuration the adapters are added to.</param>
    public AkkaPersistenceJournalBuilder(string journalId, AkkaConfigurationBuilder builder)
    {
        _journalId = journalId;
        _builder = builder;
    }

    /// <summary>Binds an adapter, for writing and reading, to types of events.</summary>
    public AkkaPersistenceJournalBuilder AddEventAdapter<TAdapter>(string eventAdapterName, IEnumerable<Type> boundTypes)
        where TAdapter : IEventAdapter => Add(typeof(TAdapter), eventAdapterName, boundTypes);

    /// <summary>Binds an adapter, for reading only, to types of stored events.</summary>
    public AkkaPersistenceJournalBuilder AddReadEventAdapter<TAdapter>(string eventAdapterName, IEnumerable<Type> boundTypes)
        where TAdapter : IReadEventAdapter => Add(typeof(TAdapter), eventAdapterName, boundTypes);

    /// <summary>Binds an adapter, for writing only, to types of events.</summary>
    public AkkaPersistenceJournalBuilder AddWriteEventAdapter<TAdapter>(string eventAdapterName, IEnumerable<Type> boundTypes)
        where TAdapter : IWriteEventAdapter => Add(typeof(TAdapter), eventAdapterName, boundTypes);

    /// <summary>Puts the adapters into the configuration.</summary>
    internal void Build()
    {
        if (_adapters.Count == 0)
        {
            return;
        }

        var hocon = new StringBuilder();
        hocon.AppendLine($"akka.persistence.journal.{_journalId} {{");
        hocon.AppendLine("event-adapters {");
        foreach (var (name, type) in _adapters)
        {
            hocon.AppendLine($"{name} = {Hocon.Quoted(NameOf(type))}");
        }

        hocon.AppendLine("}");
        hocon.AppendLine("event-adapter-bindings {");
        foreach (var (type, names) in _bindings)
        {
            hocon.AppendLine($"{Hocon.Quoted(NameOf(type))} = [{string.Join(", ", names)}]");
        }

        hocon.AppendLine("}");
        hocon.AppendLine("}");
        _builder.AddHocon(ConfigurationFactory.ParseString(hocon.ToString()), HoconAddMode.Prepend);
    }

    private static string NameOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    private AkkaPersistenceJournalBuilder Add(Type adapter, string name, IEnumerable<Type> boundTypes)
    {
        _adapters[name] = adapter;
        foreach (var type in boundTypes)
        {
            if (!_bindings.TryGetValue(type, out var names))
            {
                _bindings.Add(type, names = []);
            }

            names.Add(name);
        }

        return this;
    }
}
