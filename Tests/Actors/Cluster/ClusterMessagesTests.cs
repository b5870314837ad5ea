using System.Runtime.Serialization;
using Akka.Actor;
using WebChat.Actors;
using WebChat.Actors.Cluster;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;

namespace WebChat.Tests.Actors.Cluster;

/// <summary>Finds every message by reflection, so that a new one without a manifest fails here and not between two nodes.</summary>
public sealed class ClusterMessagesTests(ClusterMessagesTests.Host host) : IClassFixture<ClusterMessagesTests.Host>
{
    private static readonly string[] Protocols = ["Commands", "Queries", "Replies", "Notices"];

    public static TheoryData<Type> AllMessages => [.. ClusterMessages.Types];

    [Fact]
    public void Every_message_has_a_manifest_or_stays_on_its_node()
    {
        var messages = typeof(Request).Assembly.GetTypes().Where(type =>
            !type.IsAbstract && !type.IsAssignableTo(typeof(INoSerializationVerificationNeeded))
            && (type.IsAssignableTo(typeof(IEntityMessage)) || type.IsAssignableTo(typeof(Reply)) || (type is { IsNestedPublic: true, DeclaringType: { } protocol } && Protocols.Any(protocol.Name.EndsWith))));

        Assert.Equal(messages.Select(type => type.FullName).Order(), ClusterMessages.Types.Select(type => type.FullName).Order());
    }

    [Theory]
    [MemberData(nameof(AllMessages))]
    public void A_message_is_decoded_as_it_was_encoded(Type type)
    {
        var message = Filled.Of(type);
        var serializer = Assert.IsType<ClusterSerializer>(host.Serialization.FindSerializerFor(message));

        var read = serializer.FromBinary(serializer.ToBinary(message), serializer.Manifest(message));

        Filled.AssertSame(message, read);
    }

    [Theory]
    [MemberData(nameof(AllMessages))]
    public void No_type_name_is_encoded(Type type) =>
        Assert.DoesNotContain("WebChat.", System.Text.Encoding.UTF8.GetString(ClusterMessages.Write(Filled.Of(type))), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void A_field_of_a_newer_version_is_ignored()
    {
        var read = ClusterMessages.Read("room.keep.1", """{"Urgency":{"Level":3},"UserId":"u","RoomId":"r","Tag":7}"""u8.ToArray());

        Assert.Equal(new RoomCommands.Keep(new("r"), new("u")) { Tag = 7 }, read);
    }

    [Fact]
    public void An_unknown_manifest_is_an_error()
    {
        var error = Assert.Throws<SerializationException>(() => ClusterMessages.Read("room.from-the-future.9", []));
        Assert.Contains("room.from-the-future.9", error.Message);
    }

    [Theory]
    [InlineData("room.keep.1", "")]
    [InlineData("room.keep.1", "null")]
    [InlineData("room.keep.1", "{")]
    [InlineData("room.room-is.1", """{"Room":"!"}""")]
    [InlineData("room.room-is.1", """{"Room":"/w=="}""")]
    [InlineData("room.send.1", "\u00ff")]
    [InlineData("room.happened.1", "\u001a\u0001\u007f")]
    public void A_message_that_cannot_be_decoded_is_an_error(string manifest, string bytes) =>
        Assert.Throws<SerializationException>(() => ClusterMessages.Read(manifest, System.Text.Encoding.Latin1.GetBytes(bytes)));

    /// <summary>An actor system in production's wiring.</summary>
    public sealed class Host : IDisposable
    {
        private readonly ActorHost _actors = ActorHost.Start();

        public Akka.Serialization.Serialization Serialization => _actors.System.Serialization;

        public void Dispose() => _actors.Dispose();
    }
}
