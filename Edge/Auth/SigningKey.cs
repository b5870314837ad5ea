using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using WebChat.Actors.Options;

namespace WebChat.Edge.Auth;

/// <summary>The key that signs access tokens: 256 random bits in a file of the data directory that only the server's user can read. Created on first start.</summary>
public sealed class SigningKey(IOptions<StorageOptions> storage)
{
    private const int Length = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string File { get; } = Path.Combine(Path.GetFullPath(storage.Value.DataDirectory), "keys", "access-token.key");

    /// <summary>Reads the key, and creates it if there is none.</summary>
    /// <exception cref="InvalidDataException">The file does not hold a key.</exception>
    public byte[] Load()
    {
        if (!System.IO.File.Exists(File))
            Create();
        var key = System.IO.File.ReadAllBytes(File);
        if (key.Length != Length)
            throw new InvalidDataException($"{File} must hold {Length} bytes, but holds {key.Length}. Delete it, and the next start creates a new key; then all clients must refresh their access tokens.");
        if (!OperatingSystem.IsWindows() && System.IO.File.GetUnixFileMode(File) != OwnerOnly)
            System.IO.File.SetUnixFileMode(File, OwnerOnly);
        return key;
    }

    /// <summary>Creates the file atomically. If two servers start at once, the later one uses the key of the earlier one.</summary>
    private void Create()
    {
        CreateDirectory(Path.GetDirectoryName(File)!);
        var draft = $"{File}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(draft, options))
        {
            stream.Write(RandomNumberGenerator.GetBytes(Length));
            stream.Flush(flushToDisk: true);
        }
        // On Unix, File.Move looks for the file first and then renames, which replaces a file that appeared in between.
        try
        {
            if (OperatingSystem.IsWindows())
                System.IO.File.Move(draft, File, overwrite: false);
            else if (Link(draft, File) != 0)
                throw new IOException($"{File} cannot be created: {Marshal.GetLastPInvokeErrorMessage()}");
        }
        catch (IOException) when (System.IO.File.Exists(File))
        {
            // Another server was first.
        }
        finally
        {
            System.IO.File.Delete(draft);
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string created);

    private static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }
}
