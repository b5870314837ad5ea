using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;

namespace WebChat.Actors.Journal;

/// <summary>
/// Writes one area's journal records as protobuf. The manifest is the record's short name and version, so that a class
/// may be renamed and a format may change without the journal noticing. An unknown manifest is an error: silence would lose events.
/// </summary>
public abstract class RecordSerializer(ExtendedActorSystem system, int identifier, RecordTable records) : SerializerWithStringManifest(system)
{
    /// <inheritdoc/>
    public override int Identifier => identifier;

    /// <inheritdoc/>
    public override string Manifest(object o) => records.Manifest(o.GetType());

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => obj is IMessage message
        ? message.ToByteArray()
        : throw new SerializationException($"{obj.GetType()} is not a journal record.");

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => records.Parse(manifest, bytes);
}
