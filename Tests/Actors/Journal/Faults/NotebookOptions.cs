using Akka.Actor;
using Akka.Persistence;

namespace WebChat.Tests.Actors.Journal.Faults;

/// <summary>How a <see cref="Notebook"/> differs from a plain one.</summary>
public sealed record NotebookOptions
{
    public Recovery? Recovery { get; init; }

    /// <summary>Runs at each recovered event, before it is noted.</summary>
    public Action<Note>? OnEvent { get; init; }

    /// <summary>Whether it wrongly persists at each recovered event.</summary>
    public bool PersistsAtEvents { get; init; }

    /// <summary>Runs at the end of the recovery.</summary>
    public Action<Notebook>? OnCompleted { get; init; }

    public Action<Exception, object?>? OnRecoveryFailure { get; init; }

    /// <summary>Gets the messages that the notebook does not know.</summary>
    public IActorRef? Inbox { get; init; }
}
