using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Serialization;

namespace WebChat.Tests.Standins.Persistence;

/// <summary>Writes notes as UTF-8, under the id and manifest of the sample that the real package wrote.</summary>
public sealed class NoteSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public override int Identifier => 150;

    public override string Manifest(object o) => o switch
    {
        Note => "text.1",
        OldNote => "text.0",
        _ => "unwritable.1",
    };

    public override byte[] ToBinary(object obj) => obj switch
    {
        Note note => Utf8.GetBytes(note.Text),
        OldNote note => Utf8.GetBytes(note.Text),
        _ => throw new SerializationException("This is not to be written."),
    };

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        "text.1" => new Note(Utf8.GetString(bytes)),
        "text.0" => new OldNote(Utf8.GetString(bytes)),
        _ => throw new SerializationException($"There is no manifest {manifest}."),
    };
}
