namespace WebChat.Tests.Standins.Persistence;

/// <summary>An event that is a text, and a snapshot that is one.</summary>
public sealed record Note(string Text);
