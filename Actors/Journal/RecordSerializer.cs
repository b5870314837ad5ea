using System.Runtime.Serialization;
using System.Security.Cryptography;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;
using WebChat.Actors.Journal.Sealing;

namespace WebChat.Actors.Journal;

/// <summary>Writes all journal records as protobuf. An unknown manifest is an error: skipping the row would lose an event.</summary>
public sealed class RecordSerializer(ExtendedActorSystem system, Sealer sealer) : SerializerWithStringManifest(system)
{
    /// <summary>The serializer's id in the journal's rows. It never changes.</summary>
    public const int Id = 101;

    public override int Identifier => Id;

    public override string Manifest(object o) => Records.Manifest(o.GetType());

    public override byte[] ToBinary(object obj) => ((IMessage)obj).ToByteArray();

    /// <summary>Reads a record, and opens its sealed fields whose keys still exist.</summary>
    /// <exception cref="SerializationException">The manifest is unknown, or the bytes are not such a record.</exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        var record = Records.Parse(manifest, bytes);
        try
        {
            sealer.Open(record);
            return record;
        }
        catch (CryptographicException ex)
        {
            throw new SerializationException($"The sealed fields of a '{manifest}' cannot be opened.", ex);
        }
    }
}
