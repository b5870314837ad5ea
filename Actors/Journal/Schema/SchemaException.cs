namespace WebChat.Actors.Journal.Schema;

/// <summary>The database's schema is of a version that this program does not work on. The message names both versions and what to do.</summary>
public sealed class SchemaException(string message) : Exception(message);
