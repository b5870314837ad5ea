using System.Collections;
using System.Runtime.Serialization;
using Akka.Serialization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using WebChat.Actors.Persistence;
using WebChat.Journal.V1;

namespace WebChat.Tests.Actors.Persistence;

/// <summary>Finds every event and snapshot by reflection, so that a new one without a manifest fails here and not in production.</summary>
public sealed class JournalSerializerTests(JournalSerializerTests.Host host) : IClassFixture<JournalSerializerTests.Host>
{
    private static readonly MessageDescriptor[] Messages =
        [.. typeof(SignedUp).Assembly.GetTypes()
            .Where(type => type is { Namespace: "WebChat.Journal.V1", IsNested: false } && type.IsAssignableTo(typeof(IMessage)) && !type.IsInterface)
            .Select(type => ((IMessage)Activator.CreateInstance(type)!).Descriptor)];

    private static readonly HashSet<MessageDescriptor> Parts =
        [.. Messages.SelectMany(message => message.Fields.InDeclarationOrder()).Where(field => field.FieldType == FieldType.Message).Select(field => field.MessageType)];

    public static TheoryData<Type> AllRecords => [.. Manifests.Types];

    [Fact]
    public void Every_event_and_snapshot_has_a_manifest_and_no_other_message_has()
    {
        // An event begins with its time. A snapshot is not part of another message.
        var expected = Messages.Where(message => message.FindFieldByName("at")?.FieldNumber == 1 || !Parts.Contains(message));

        Assert.Equal(expected.Select(message => message.Name).Order(), Manifests.Types.Select(type => type.Name).Order());
    }

    [Theory]
    [MemberData(nameof(AllRecords))]
    public void An_event_or_snapshot_is_read_from_the_journal_as_it_was_written(Type type)
    {
        var record = Filled((IMessage)Activator.CreateInstance(type)!, depth: 0);
        var serializer = Assert.IsType<JournalSerializer>(host.Serialization.FindSerializerFor(record));

        var read = serializer.FromBinary(serializer.ToBinary(record), serializer.Manifest(record));

        Assert.Equal(record, read);
    }

    [Fact]
    public void An_unknown_manifest_is_an_error()
    {
        var error = Assert.Throws<SerializationException>(() => Manifests.Parse("room.from-the-future.9", []));
        Assert.Contains("room.from-the-future.9", error.Message);
    }

    [Fact]
    public void A_row_that_is_not_protobuf_is_an_error() =>
        Assert.Throws<SerializationException>(() => Manifests.Parse(Manifests.MessagePostedManifest, [0xFF]));

    // Every field has a value, so that a lost one is noticed.
    private static IMessage Filled(IMessage message, int depth)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.IsRepeated)
                ((IList)field.Accessor.GetValue(message)).Add(Value(field, depth));
            else if (Value(field, depth) is { } value)
                field.Accessor.SetValue(message, value);
        }

        return message;
    }

    private static object? Value(FieldDescriptor field, int depth) => field.FieldType switch
    {
        FieldType.String => $"text {field.FieldNumber} ✓",
        FieldType.Bytes => ByteString.CopyFromUtf8($"bytes {field.FieldNumber}"),
        FieldType.Bool => true,
        FieldType.Int32 => field.FieldNumber,
        FieldType.Int64 => long.MaxValue - field.FieldNumber,
        FieldType.Fixed64 => ulong.MaxValue - (ulong)field.FieldNumber,
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, 1),
        FieldType.Message => depth > 3 ? null : Filled((IMessage)Activator.CreateInstance(field.MessageType.ClrType)!, depth + 1),
        _ => throw new NotSupportedException($"{field.FullName} is of a kind that this test does not know yet."),
    };

    /// <summary>An actor system in production's wiring.</summary>
    public sealed class Host : IDisposable
    {
        private readonly ActorHost _actors = ActorHost.Start();

        public Serialization Serialization => _actors.System.Serialization;

        public void Dispose() => _actors.Dispose();
    }
}
