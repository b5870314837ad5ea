namespace WebChat.Tests.Standins.Persistence;

/// <summary>An event that its serializer refuses to write.</summary>
public sealed record Unwritable;
