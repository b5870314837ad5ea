using System.Collections.Frozen;
using System.Runtime.Serialization;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace WebChat.Actors.Journal;

/// <summary>The manifests of one area's records. A manifest, once written to a journal, stays.</summary>
public sealed class RecordTable(params (string Manifest, MessageDescriptor Record)[] records)
{
    private readonly FrozenDictionary<Type, string> _manifests = records.ToFrozenDictionary(r => r.Record.ClrType, r => r.Manifest);
    private readonly FrozenDictionary<string, MessageParser> _parsers = records.ToFrozenDictionary(r => r.Manifest, r => r.Record.Parser);

    /// <summary>The types that have a manifest.</summary>
    public IEnumerable<Type> Types => _manifests.Keys;

    /// <summary>The manifest of a record's type.</summary>
    /// <exception cref="SerializationException">The type is not in the table.</exception>
    public string Manifest(Type type) => _manifests.TryGetValue(type, out var manifest)
        ? manifest
        : throw new SerializationException($"{type} has no manifest.");

    /// <summary>Reads a record.</summary>
    /// <exception cref="SerializationException">The manifest is unknown, or the bytes are not such a record.</exception>
    public IMessage Parse(string manifest, ReadOnlySpan<byte> bytes)
    {
        if (!_parsers.TryGetValue(manifest, out var parser))
            throw new SerializationException($"The journal holds '{manifest}', which this version does not know.");
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new SerializationException($"A journal row is not a readable '{manifest}'.", e);
        }
    }
}
