using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Serialization;
using WebChat.Actors;

namespace WebChat.Tests.Actors.Cluster;

/// <summary>
/// With <c>serialize-messages</c>, messages without a serializer of their own. Those of the packages stay on their node and cannot all
/// be encoded, so they pass as they are. One of the program has neither a format nor the mark that it stays.
/// </summary>
public sealed class PackageMessages(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private readonly ConcurrentDictionary<string, object> _passing = new();
    private long _last;

    public override int Identifier => 1_000;

    public override string Manifest(object o) => "";

    public override byte[] ToBinary(object obj)
    {
        if (obj.GetType().Assembly == typeof(Request).Assembly)
            throw new SerializationException($"{obj.GetType()} has no format and is not marked {nameof(INoSerializationVerificationNeeded)}.");
        var key = Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
        _passing[key] = obj;
        return Encoding.ASCII.GetBytes(key);
    }

    public override object FromBinary(byte[] bytes, string manifest) =>
        _passing.TryRemove(Encoding.ASCII.GetString(bytes), out var passing) ? passing : throw new SerializationException("The message has passed already.");
}
