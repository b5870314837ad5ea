using Akka.Persistence.Journal;

namespace WebChat.Tests.Standins.Persistence;

/// <summary>Reads an old note as today's, one for each line.</summary>
public sealed class OldNoteAdapter : IEventAdapter
{
    public string Manifest(object evt) => string.Empty;

    public object ToJournal(object evt) => evt;

    public IEventSequence FromJournal(object evt, string manifest) =>
        EventSequence.Create(((OldNote)evt).Text.Split('\n').Select(object (line) => new Note(line)));
}
