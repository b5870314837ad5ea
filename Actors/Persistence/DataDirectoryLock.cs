namespace WebChat.Actors.Persistence;

/// <summary>Locks a data directory for one process, until it is disposed or the process ends. Two servers would each act as the only writer.</summary>
public sealed class DataDirectoryLock : IDisposable
{
    // EWOULDBLOCK of Linux and of macOS, and ERROR_SHARING_VIOLATION of Windows.
    private static readonly int[] InUse = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    /// <summary>Takes the directory, and creates it if it does not exist.</summary>
    /// <exception cref="DataDirectoryException">Another process uses the directory, or it cannot be written.</exception>
    public DataDirectoryLock(string directory)
    {
        try
        {
            // Other users of the machine must not read messages.
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(directory);
            else
                Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            _file = new FileStream(Path.Combine(directory, "webchat.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException ex) when (InUse.Contains(ex.HResult))
        {
            throw new DataDirectoryException($"Another server or command uses the data directory {directory}. Stop it first.", ex) { IsInUse = true };
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new DataDirectoryException(
                $"The data directory {directory} cannot be written: {ex.Message} Give this user the right to write to it, or set WebChat:DataDirectory.", ex);
        }
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>The data directory cannot be used. The message says why and what to do.</summary>
public sealed class DataDirectoryException(string message, Exception cause) : IOException(message, cause)
{
    /// <summary>Whether another process uses it.</summary>
    public bool IsInUse { get; init; }
}
