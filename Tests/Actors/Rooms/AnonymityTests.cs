using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using WebChat.Actors.Persistence;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using RoomEvent = WebChat.V1.RoomEvent;

namespace WebChat.Tests.Actors.Rooms;

/// <summary>Finds every event of a room by reflection, so that a new one that tells a user id fails here.</summary>
public sealed class AnonymityTests
{
    private static readonly UserId User = UserId.New(DateTimeOffset.UnixEpoch);

    private static IEnumerable<Type> Events => Manifests.Types.Where(typeof(IRoomEvent).IsAssignableFrom);

    public static TheoryData<Type> AllEvents => [.. Events];

    [Theory]
    [MemberData(nameof(AllEvents))]
    public void What_a_journal_record_tells_of_a_user_stays_behind(Type type)
    {
        var record = Filled((IMessage)Activator.CreateInstance(type)!);

        var told = RoomEvents.ToPublic(RoomId.New(DateTimeOffset.UnixEpoch), 1, record);

        UserTraces.AssertNone(told, [User]);
    }

    [Fact]
    public void Every_public_event_has_its_journal_record()
    {
        var told = Events.Select(type => RoomEvents.ToPublic(new("room"), 1, (IMessage)Activator.CreateInstance(type)!).BodyCase.ToString());

        Assert.Equal(RoomEvent.Descriptor.Oneofs.Single().Fields.Select(field => field.PropertyName).Order(), told.Order());
    }

    // Whatever has a user's id in its name has one in it; all else has something harmless.
    private static IMessage Filled(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            object? value = field.FieldType switch
            {
                FieldType.String => field.Name.Contains("user", StringComparison.Ordinal) || field.Name == "owner_id" ? User.Value : $"text {field.FieldNumber}",
                FieldType.Message => Filled((IMessage)Activator.CreateInstance(field.MessageType.ClrType)!),
                _ => null,
            };
            if (value is null)
                continue;
            if (field.IsRepeated)
                ((IList)field.Accessor.GetValue(message)).Add(value);
            else
                field.Accessor.SetValue(message, value);
        }

        return message;
    }
}
