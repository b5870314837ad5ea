using Akka.Actor;

namespace Akka.Serialization;

/// <summary>Makes bytes of objects, and objects of bytes.</summary>
public abstract class Serializer
{
    /// <summary>The system that the serializer is of.</summary>
    protected readonly ExtendedActorSystem system;

    private int? _identifier;

    /// <summary>Every serializer that the configuration names has a constructor with this parameter, or with none.</summary>
    protected Serializer(ExtendedActorSystem system)
    {
        this.system = system;
    }

    /// <summary>The number by which the serializer is known for ever. Unless overridden it is taken from <c>akka.actor.serialization-identifiers</c>.</summary>
    public virtual int Identifier => _identifier ??= Serialization.ConfiguredIdentifier(system, GetType());

    /// <summary>Whether <see cref="FromBinary(byte[], Type)"/> needs to know the type.</summary>
    public abstract bool IncludeManifest { get; }

    /// <summary>The bytes of an object.</summary>
    public abstract byte[] ToBinary(object obj);

    /// <summary>The object of bytes.</summary>
    public abstract object FromBinary(byte[] bytes, Type type);

    /// <summary>The object of bytes.</summary>
    public T FromBinary<T>(byte[] bytes) => (T)FromBinary(bytes, typeof(T));
}
