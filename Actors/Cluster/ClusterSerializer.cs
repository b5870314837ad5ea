using Akka.Actor;
using Akka.Serialization;

namespace WebChat.Actors.Cluster;

/// <summary>Serializes the messages between nodes.</summary>
public sealed class ClusterSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>The serializer's id on the wire. It never changes.</summary>
    public const int Id = 102;

    public override int Identifier => Id;

    public override string Manifest(object o) => ClusterMessages.Manifest(o.GetType());

    public override byte[] ToBinary(object obj) => ClusterMessages.Write(obj);

    public override object FromBinary(byte[] bytes, string manifest) => ClusterMessages.Read(manifest, bytes);
}
