namespace WebChat.Tests.Standins.Persistence;

/// <summary>The event as it was once written; an adapter makes it a <see cref="Note"/>.</summary>
public sealed record OldNote(string Text);
