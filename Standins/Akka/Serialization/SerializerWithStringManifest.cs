using Akka.Actor;

namespace Akka.Serialization;

/// <summary>A serializer that tells what its bytes are by a name of its own, so that a type may be renamed.</summary>
public abstract class SerializerWithStringManifest : Serializer
{
    /// <inheritdoc/>
    protected SerializerWithStringManifest(ExtendedActorSystem system)
        : base(system)
    {
    }

    /// <inheritdoc/>
    public sealed override bool IncludeManifest => true;

    /// <inheritdoc/>
    public sealed override object FromBinary(byte[] bytes, Type type) => FromBinary(bytes, Serialization.TypeManifest(type));

    /// <summary>The object of bytes that <see cref="Manifest"/> named so.</summary>
    public abstract object FromBinary(byte[] bytes, string manifest);

    /// <summary>The name of what an object's bytes are.</summary>
    public abstract string Manifest(object o);
}
