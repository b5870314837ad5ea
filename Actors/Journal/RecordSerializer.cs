using System.Runtime.Serialization;
using System.Security.Cryptography;
using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Serialization;
using Google.Protobuf;
using WebChat.Actors.Journal.Sealing;

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

    /// <summary>Reads a record. What is sealed in it is opened here, as far as its keys are there.</summary>
    /// <exception cref="SerializationException">The manifest is unknown, or the bytes are not such a record.</exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        var record = records.Parse(manifest, bytes);
        try
        {
            if (Sealer.IsSealed(record))
                DependencyResolver.For(system).Resolver.GetService<Sealer>().Open(record);
            return record;
        }
        catch (CryptographicException damaged)
        {
            throw new SerializationException($"What is sealed in a '{manifest}' cannot be opened.", damaged);
        }
    }
}
