namespace WebChat.Tests.Actors.Journal.Faults;

/// <summary>What a <see cref="Notebook"/> has seen.</summary>
/// <param name="Snapshot">The snapshot that it recovered from, as <c>sequence number:text</c>.</param>
/// <param name="Recovered">The events that it recovered, as <c>sequence number:text</c>.</param>
/// <param name="Seen">What it has handled since, in order.</param>
public sealed record NotebookState(string? Snapshot, IReadOnlyList<string> Recovered, IReadOnlyList<string> Seen, long LastSequenceNr);
