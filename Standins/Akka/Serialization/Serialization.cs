using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>A system's serializers, and for which types each is.</summary>
public class Serialization
{
    private readonly ConcurrentDictionary<Type, Serializer> _byType = new();
    private readonly ConcurrentDictionary<Type, Serializer> _bound = new();
    private readonly ConcurrentDictionary<int, Serializer> _byId = new();
    private readonly ConcurrentDictionary<string, Serializer> _byName = new();
    private readonly Serializer _null;

    /// <summary>Reads <c>akka.actor.serializers</c> and <c>serialization-bindings</c>, and what the system was set up with.</summary>
    /// <exception cref="ConfigurationException">A serializer's or bound type is not there, or a binding names no serializer.</exception>
    public Serialization(ExtendedActorSystem system)
    {
        System = system;
        _null = new NullSerializer(system);
        AddSerializer("null", _null);
        var config = system.Settings.Config;
        foreach (var (name, value) in Section(config, "akka.actor.serializers")) AddSerializer(name, Make(name, value));
        foreach (var (typeName, name) in Section(config, "akka.actor.serialization-bindings"))
        {
            var type = TypeNames.Find(typeName) ?? throw new ConfigurationException($"The type name for message/serializer binding '{name}' did not resolve to an actual Type: '{typeName}'");
            AddSerializationMap(type, _byName.TryGetValue(name, out var serializer) ? serializer : throw new ConfigurationException($"Serialization binding to non existing serializer: '{name}'"));
        }

        if (system.Settings.Setup.Get<SerializationSetup>() is not { HasValue: true } setup) return;
        foreach (var details in setup.Value.CreateSerializers(system))
        {
            AddSerializer(details.Alias, details.Serializer);
            foreach (var type in details.UseFor) AddSerializationMap(type, details.Serializer);
        }
    }

    /// <summary>The system.</summary>
    public ExtendedActorSystem System { get; }

    /// <summary>What tells a serializer what bytes are: its own manifest, or the type's name, or nothing.</summary>
    public static string ManifestFor(Serializer s, object msg) => s switch
    {
        SerializerWithStringManifest named => named.Manifest(msg),
        { IncludeManifest: true } => TypeManifest(msg.GetType()),
        _ => string.Empty,
    };

    /// <summary>An actor's path as it is written down to be found again.</summary>
    public static string SerializedActorPath(IActorRef actorRef) => actorRef.Path.ToSerializationFormat();

    /// <summary>Adds a serializer.</summary>
    public void AddSerializer(string name, Serializer serializer)
    {
        _byId[serializer.Identifier] = serializer;
        _byName[name] = serializer;
    }

    /// <summary>Has a type, and all that derive from it, serialized by a serializer.</summary>
    public void AddSerializationMap(Type type, Serializer serializer)
    {
        _bound[type] = serializer;
        _byType.Clear();
    }

    /// <summary>The bytes of an object.</summary>
    public byte[] Serialize(object o) => FindSerializerFor(o).ToBinary(o);

    /// <summary>The object of bytes that a serializer made.</summary>
    /// <exception cref="SerializationException">No serializer has the number.</exception>
    public object Deserialize(byte[] bytes, int serializerId, Type type) => ById(serializerId, type?.FullName).FromBinary(bytes, type!);

    /// <summary>The object of bytes that a serializer made and told what they are.</summary>
    /// <exception cref="SerializationException">No serializer has the number, or no type the name.</exception>
    public object Deserialize(byte[] bytes, int serializerId, string manifest)
    {
        var serializer = ById(serializerId, manifest);
        if (serializer is SerializerWithStringManifest named) return named.FromBinary(bytes, manifest);
        if (string.IsNullOrEmpty(manifest)) return serializer.FromBinary(bytes, null!);
        var type = TypeNames.Find(manifest) ?? throw new SerializationException($"Cannot find manifest class [{manifest}] for serializer with id [{serializerId}].");
        return serializer.FromBinary(bytes, type);
    }

    /// <summary>The serializer of an object.</summary>
    /// <exception cref="SerializationException">None is bound to its type.</exception>
    public Serializer FindSerializerFor(object obj, string? defaultSerializerName = null) =>
        obj is null ? _null : FindSerializerForType(obj.GetType(), defaultSerializerName);

    /// <summary>The serializer of a type: the one that is bound to it, or to the nearest of its bases and interfaces.</summary>
    /// <exception cref="SerializationException">There is none.</exception>
    public Serializer FindSerializerForType(Type objectType, string? defaultSerializerName = null)
    {
        if (_byType.TryGetValue(objectType, out var known)) return known;
        var found = Nearest(objectType);
        if (found is null)
        {
            if (defaultSerializerName is not null && _byName.TryGetValue(defaultSerializerName, out var standard)) return standard;
            throw new SerializationException($"Serializer not found for type {objectType}. Bind it, a base of it or an interface in akka.actor.serialization-bindings.");
        }

        return _byType.GetOrAdd(objectType, found);
    }

    /// <summary>The actor at a path that was written down.</summary>
    public IActorRef DeserializeActorRef(string path) => System.Provider.ResolveActorRef(path);

    internal static string TypeManifest(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    internal static int ConfiguredIdentifier(ExtendedActorSystem system, Type serializer)
    {
        foreach (var (name, value) in Section(system.Settings.Config, "akka.actor.serialization-identifiers"))
            if (TypeNames.Find(name) == serializer) return int.Parse(value, global::System.Globalization.CultureInfo.InvariantCulture);
        throw new ArgumentException($"Couldn't find serializer id for [{serializer}] under [akka.actor.serialization-identifiers] HOCON path");
    }

    private static IEnumerable<(string Name, string Value)> Section(Config config, string path) =>
        config.GetConfig(path)?.AsEnumerable().Select(p => (p.Key, p.Value.GetString()!)) ?? [];

    private Serializer Make(string name, string typeName)
    {
        var type = TypeNames.Find(typeName) ?? throw new ConfigurationException($"The type name for serializer '{name}' did not resolve to an actual Type: '{typeName}'");
        return (Serializer)(type.GetConstructor([typeof(ExtendedActorSystem)]) is { } constructor ? constructor.Invoke([System]) : Activator.CreateInstance(type)!);
    }

    private Serializer ById(int serializerId, string? what) => _byId.TryGetValue(serializerId, out var serializer)
        ? serializer
        : throw new SerializationException($"Cannot find serializer with id [{serializerId}] (manifest [{what}]). The most probable reason is that the configuration entry 'akka.actor.serializers' is not in sync between the two systems.");

    private Serializer? Nearest(Type type)
    {
        KeyValuePair<Type, Serializer>? best = null;
        foreach (var bound in _bound)
            if (bound.Key.IsAssignableFrom(type) && (best is null || best.Value.Key.IsAssignableFrom(bound.Key))) best = bound;
        return best?.Value;
    }
}
