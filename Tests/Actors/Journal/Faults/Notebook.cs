using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace WebChat.Tests.Actors.Journal.Faults;

/// <summary>A persistent actor that does what a test asks for and keeps a list of what happened to it.</summary>
public sealed class Notebook : ReceivePersistentActor
{
    private readonly List<string> _recovered = [];
    private readonly List<string> _seen = [];
    private readonly NotebookOptions _options;
    private string? _snapshot;

    public Notebook(string persistenceId, NotebookOptions options)
    {
        PersistenceId = persistenceId;
        _options = options;

        Recover<SnapshotOffer>(offer => _snapshot = $"{offer.Metadata.SequenceNr}:{((Note)offer.Snapshot).Text}");
        Recover<Note>(note =>
        {
            options.OnEvent?.Invoke(note);
            if (options.PersistsAtEvents)
            {
                Persist(note, _ => { });
            }

            _recovered.Add($"{LastSequenceNr}:{note.Text}");
        });
        Recover<RecoveryCompleted>(_ =>
        {
            Assert.False(IsRecovering);
            options.OnCompleted?.Invoke(this);
        });

        Command<NotebookCommands.Write>(write => Persist(write.Event, Saw));
        Command<NotebookCommands.WriteAsync>(write => PersistAsync(write.Event, Saw));
        Command<NotebookCommands.WriteAll>(write => PersistAll(write.Events, Saw));
        Command<NotebookCommands.Defer>(defer => DeferAsync(defer.Text, text =>
        {
            _seen.Add(text);
            Sender.Tell(text);
        }));
        Command<NotebookCommands.Do>(command => command.What(this));
        CommandAsync<NotebookCommands.DoAsync>(command => command.What(this));
        Command<NotebookCommands.Read>(_ => Sender.Tell(new NotebookState(_snapshot, [.. _recovered], [.. _seen], LastSequenceNr)));
        Command<string>(text => _seen.Add(text));
        CommandAny(message =>
        {
            if (options.Inbox is { } inbox)
            {
                inbox.Tell(message);
            }
            else
            {
                Unhandled(message);
            }
        });
    }

    public override string PersistenceId { get; }

    public override Recovery Recovery => _options.Recovery ?? base.Recovery;

    public IActorRef Asker => Sender;

    public void See(string text) => _seen.Add(text);

    public void Saw(object @event)
    {
        var text = @event switch
        {
            Note note => note.Text,
            Tagged { Payload: Note note } => note.Text,
            _ => @event.ToString()!,
        };
        _seen.Add($"{LastSequenceNr}:{text}");
        Sender.Tell(LastSequenceNr);
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        Sender.Tell(new Status.Failure(cause));
        base.OnPersistFailure(cause, @event, sequenceNr);
    }

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        _seen.Add($"rejected {sequenceNr}");
        Sender.Tell(new Status.Failure(cause));
    }

    protected override void OnRecoveryFailure(Exception reason, object? message = null) => _options.OnRecoveryFailure?.Invoke(reason, message);
}
