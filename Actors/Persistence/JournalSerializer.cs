using System.Runtime.Serialization;
using System.Security.Cryptography;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;
using WebChat.Actors.Persistence.Encryption;

namespace WebChat.Actors.Persistence;

/// <summary>Serializes events and snapshots as protobuf. An unknown manifest is an error: skipping the row would lose an event.</summary>
public sealed class JournalSerializer(ExtendedActorSystem system, PersonalDataCipher cipher) : SerializerWithStringManifest(system)
{
    /// <summary>The serializer's id in the journal's rows. It never changes.</summary>
    public const int Id = 101;

    public override int Identifier => Id;

    public override string Manifest(object o) => Manifests.Of(o.GetType());

    public override byte[] ToBinary(object obj) => ((IMessage)obj).ToByteArray();

    /// <summary>Reads an event or snapshot, and decrypts its personal fields. Fields with a destroyed key stay encrypted.</summary>
    /// <exception cref="SerializationException">The manifest is unknown, or the bytes do not fit it.</exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        var record = Manifests.Parse(manifest, bytes);
        try
        {
            cipher.Decrypt(record);
            return record;
        }
        catch (CryptographicException ex)
        {
            throw new SerializationException($"The personal fields of a '{manifest}' cannot be decrypted.", ex);
        }
    }
}
