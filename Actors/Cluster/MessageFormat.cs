using Google.Protobuf;

namespace WebChat.Actors.Cluster;

/// <summary>The format of one type of message between nodes.</summary>
/// <param name="Manifest">The format's name and version. A released one stays readable.</param>
/// <param name="Type">The type of the message.</param>
/// <param name="Write">Encodes a message.</param>
/// <param name="Read">Decodes a message. Fields of a newer version are ignored.</param>
internal sealed record MessageFormat(string Manifest, Type Type, Func<object, byte[]> Write, Func<byte[], object> Read)
{
    /// <summary>
    /// JSON, by the names of the properties: a released name stays. A property that is added later must have a default value, which
    /// is its value in the messages of older nodes.
    /// </summary>
    public static MessageFormat Json<T>(string manifest)
        where T : class => new(manifest, typeof(T), message => MessageJson.Write((T)message), MessageJson.Read<T>);

    /// <summary>A message of <c>webchat.cluster.v1</c>.</summary>
    public static MessageFormat Protobuf<T, TWire>(string manifest, Func<T, TWire> write, Func<TWire, T> read)
        where T : class
        where TWire : IMessage<TWire>, new()
    {
        var parser = new MessageParser<TWire>(() => new());
        return new(manifest, typeof(T), message => write((T)message).ToByteArray(), bytes => read(parser.ParseFrom(bytes)));
    }
}
