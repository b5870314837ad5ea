namespace WebChat.Actors.Journal;

/// <summary>Keeps a data directory to one process, for as long as this is not disposed and the process lives.</summary>
public sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _file;

    /// <summary>Takes the directory, making it if need be.</summary>
    /// <exception cref="DataInUseException">Another process has it.</exception>
    public DataDirectoryLock(string directory)
    {
        // What people say to each other is not for other users of the machine.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            _file = new FileStream(Path.Combine(directory, "webchat.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new DataInUseException(directory, taken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
