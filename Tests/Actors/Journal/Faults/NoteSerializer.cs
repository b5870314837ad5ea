using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Serialization;

namespace WebChat.Tests.Actors.Journal.Faults;

/// <summary>Writes notes as UTF-8.</summary>
public sealed class NoteSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public override int Identifier => 150;

    public override string Manifest(object o) => "text.1";

    public override byte[] ToBinary(object obj) => Utf8.GetBytes(((Note)obj).Text);

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        "text.1" => new Note(Utf8.GetString(bytes)),
        _ => throw new SerializationException($"There is no manifest {manifest}."),
    };
}
