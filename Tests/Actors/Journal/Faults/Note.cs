namespace WebChat.Tests.Actors.Journal.Faults;

/// <summary>An event that is a text, and a snapshot that is one.</summary>
public sealed record Note(string Text);
