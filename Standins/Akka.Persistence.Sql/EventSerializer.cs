using Akka.Actor;
using Akka.Serialization;

namespace Akka.Persistence.Sql;

/// <summary>Makes what a row holds of an event or a snapshot, and back: bytes, the serializer's id, and its manifest.</summary>
internal sealed class EventSerializer(ExtendedActorSystem system, string? defaultSerializer)
{
    private readonly Serialization.Serialization _serialization = system.Serialization;
    private readonly string? _default = string.IsNullOrEmpty(defaultSerializer) || defaultSerializer == "null" ? null : defaultSerializer;

    public (byte[] Bytes, int SerializerId, string Manifest) Serialize(object payload)
    {
        var serializer = _serialization.FindSerializerForType(payload.GetType(), _default);
        return (serializer.ToBinary(payload), serializer.Identifier, Serialization.Serialization.ManifestFor(serializer, payload));
    }

    public object Deserialize(byte[] bytes, int? serializerId, string? manifest)
    {
        if (serializerId is { } id)
        {
            return _serialization.Deserialize(bytes, id, manifest ?? string.Empty);
        }

        // Rows without an id were written by a serializer that the type's binding names; their manifest is the type.
        var type = Type.GetType(manifest ?? string.Empty, throwOnError: true)!;
        return _serialization.FindSerializerForType(type, _default).FromBinary(bytes, type);
    }
}
