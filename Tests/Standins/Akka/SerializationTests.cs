using System.Collections.Immutable;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Serialization;

namespace WebChat.Tests.Standins.Akka;

public sealed class SerializationTests : IAsyncLifetime
{
    private const string Hocon =
        """
        akka.actor {
          serializers {
            text = "WebChat.Tests.Standins.Akka.SerializationTests+TextSerializer, Tests"
            typed = "WebChat.Tests.Standins.Akka.SerializationTests+TypedSerializer, Tests"
          }
          serialization-bindings {
            "WebChat.Tests.Standins.Akka.SerializationTests+IWritten, Tests" = text
            "WebChat.Tests.Standins.Akka.SerializationTests+Special, Tests" = typed
          }
          serialization-identifiers {
            "WebChat.Tests.Standins.Akka.SerializationTests+TypedSerializer, Tests" = 4711
          }
        }
        """;

    private readonly ActorSystem _system = TestSystem.Create(Hocon);

    public interface IWritten;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public void An_object_comes_back_by_serializer_id_and_manifest()
    {
        var note = new Note("hello");
        var serializer = _system.Serialization.FindSerializerFor(note);
        Assert.Equal(1234, serializer.Identifier);
        var bytes = _system.Serialization.Serialize(note);
        var manifest = Serialization.ManifestFor(serializer, note);
        Assert.Equal("note.1", manifest);
        Assert.Equal(note, _system.Serialization.Deserialize(bytes, serializer.Identifier, manifest));
    }

    [Fact]
    public void The_nearest_binding_decides()
    {
        Assert.IsType<TextSerializer>(_system.Serialization.FindSerializerForType(typeof(Note)));
        Assert.IsType<TypedSerializer>(_system.Serialization.FindSerializerForType(typeof(Special)));
        Assert.IsType<ByteArraySerializer>(_system.Serialization.FindSerializerForType(typeof(byte[])));
    }

    [Fact]
    public void A_serializer_without_a_manifest_of_its_own_gets_the_type_and_its_id_from_the_configuration()
    {
        var serializer = _system.Serialization.FindSerializerForType(typeof(Special));
        Assert.Equal(4711, serializer.Identifier);
        var manifest = Serialization.ManifestFor(serializer, new Special());
        Assert.IsType<Special>(_system.Serialization.Deserialize([], 4711, manifest));
        Assert.IsType<Special>(_system.Serialization.Deserialize([], 4711, typeof(Special)));
    }

    [Fact]
    public void An_unknown_id_is_refused() =>
        Assert.Throws<SerializationException>(() => _system.Serialization.Deserialize([], 999_999, "x"));

    [Fact]
    public async Task Serializers_can_be_set_up_in_code()
    {
        var setup = SerializationSetup.Create(system =>
            [SerializerDetails.Create("own", new TextSerializer(system), ImmutableHashSet.Create(typeof(Note)))]);
        var system = ActorSystem.Create("test", BootstrapSetup.Create().WithConfig(TestSystem.With("")).And(setup));
        Assert.IsType<TextSerializer>(system.Serialization.FindSerializerFor(new Note("x")));
        await system.Terminate();
    }

    [Fact]
    public void An_actor_is_written_as_its_path()
    {
        var actor = _system.ActorOf(Acting.Of(_ => { }), "written");
        var path = Serialization.SerializedActorPath(actor);
        Assert.Equal(actor, ((ExtendedActorSystem)_system).Provider.ResolveActorRef(path));
    }

    public sealed record Note(string Text) : IWritten;

    public sealed record Special : IWritten;

    public sealed class TextSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        public override int Identifier => 1234;

        public override string Manifest(object o) => o is Note ? "note.1" : throw new ArgumentException(o.GetType().Name);

        public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(((Note)obj).Text);

        public override object FromBinary(byte[] bytes, string manifest) =>
            manifest == "note.1" ? new Note(Encoding.UTF8.GetString(bytes)) : throw new SerializationException(manifest);
    }

    public sealed class TypedSerializer(ExtendedActorSystem system) : Serializer(system)
    {
        public override bool IncludeManifest => true;

        public override byte[] ToBinary(object obj) => [];

        public override object FromBinary(byte[] bytes, Type type) => Activator.CreateInstance(type)!;
    }
}
