using System.Collections;
using System.Runtime.Serialization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using WebChat.Actors.Journal;
using WebChat.Journal.V1;

namespace WebChat.Tests.Actors.Journal;

/// <summary>Finds every record by reflection, so that a new one without a manifest fails here and not in production.</summary>
public sealed class RecordsTests
{
    private static readonly (Type Marker, RecordTable Table)[] Areas =
    [
        (typeof(IAccountRecord), Records.Accounts),
        (typeof(IUserRecord), Records.Users),
        (typeof(ISessionRecord), Records.Sessions),
        (typeof(IRoomRecord), Records.Rooms),
        (typeof(IDirectoryRecord), Records.Directory),
        (typeof(IMatcherRecord), Records.Matcher),
        (typeof(IReportsRecord), Records.Reports),
        (typeof(IErasureRecord), Records.Erasures),
    ];

    public static TheoryData<Type> AllRecords => [.. Areas.SelectMany(area => RecordsOf(area.Marker))];

    [Fact]
    public void Every_record_of_an_area_has_a_manifest_and_nothing_else_has()
    {
        foreach (var (marker, table) in Areas)
            Assert.Equal(RecordsOf(marker).OrderBy(type => type.Name), table.Types.OrderBy(type => type.Name));
    }

    [Theory]
    [MemberData(nameof(AllRecords))]
    public void A_record_comes_back_from_the_journal_as_it_was_written(Type type)
    {
        var table = Areas.Single(area => area.Marker.IsAssignableFrom(type)).Table;
        var record = Filled((IMessage)Activator.CreateInstance(type)!, depth: 0);

        var read = table.Parse(table.Manifest(type), record.ToByteArray());

        Assert.Equal(record, read);
    }

    [Fact]
    public void An_unknown_manifest_is_an_error()
    {
        var error = Assert.Throws<SerializationException>(() => Records.Rooms.Parse("room.from-the-future.9", []));
        Assert.Contains("room.from-the-future.9", error.Message);
    }

    [Fact]
    public void A_row_that_is_no_protobuf_is_an_error() =>
        Assert.Throws<SerializationException>(() => Records.Rooms.Parse(Records.MessagePostedManifest, [0xFF]));

    private static IEnumerable<Type> RecordsOf(Type marker) => marker.Assembly.GetTypes().Where(type => type.IsClass && marker.IsAssignableFrom(type));

    // A value in every field, so that one that is lost on the way is noticed.
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
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, 1),
        FieldType.Message => depth > 3 ? null : Filled((IMessage)Activator.CreateInstance(field.MessageType.ClrType)!, depth + 1),
        _ => throw new NotSupportedException($"{field.FullName} is of a kind that this test does not know yet."),
    };
}
