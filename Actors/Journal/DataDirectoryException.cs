namespace WebChat.Actors.Journal;

/// <summary>The data directory cannot be used. The message says why and what to do.</summary>
public sealed class DataDirectoryException(string message, Exception cause) : IOException(message, cause);
