using System.Collections.Immutable;

namespace Akka.Serialization;

/// <summary>A serializer that is set up in code: its name, and the types that it is for.</summary>
public sealed class SerializerDetails
{
    private SerializerDetails(string alias, Serializer serializer, ImmutableHashSet<Type> useFor)
    {
        Alias = alias;
        Serializer = serializer;
        UseFor = useFor;
    }

    /// <summary>The serializer's name, as in the configuration.</summary>
    public string Alias { get; }

    /// <summary>The serializer.</summary>
    public Serializer Serializer { get; }

    /// <summary>The types that it is for, with all that derive from them.</summary>
    public ImmutableHashSet<Type> UseFor { get; }

    /// <summary>A serializer with its name and types.</summary>
    public static SerializerDetails Create(string alias, Serializer serializer, ImmutableHashSet<Type> useFor) => new(alias, serializer, useFor);
}
