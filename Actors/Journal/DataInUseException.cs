namespace WebChat.Actors.Journal;

/// <summary>Another process works on the data directory. Two would each believe to be the only writer.</summary>
public sealed class DataInUseException(string directory, Exception cause)
    : IOException($"Another server, or a restore, is at work on {directory}.", cause);
