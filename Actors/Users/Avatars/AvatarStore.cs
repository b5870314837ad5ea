using System.Text;
using Microsoft.Extensions.Options;
using WebChat.Actors.Options;

namespace WebChat.Actors.Users.Avatars;

/// <summary>
/// The pictures on disk, each once, however many users have it: <c>avatars/ab/cdef…</c> by the SHA-256 of its content,
/// and beside it an empty file <c>….{user}</c> for each who holds it; when the last lets go, the picture goes.
/// </summary>
/// <remarks>
/// The journal says which picture is a user's. So that no crash between the two leaves a picture that nobody knows of,
/// a change first notes in <c>avatars/changes/{user}</c> what it is about, and is over when that note is gone; whatever
/// note a start finds is compared with the journal.
/// </remarks>
public sealed class AvatarStore
{
    // Otherwise "name.*" would also find the name without a dot, as it did under DOS.
    private static readonly EnumerationOptions Literally = new() { MatchType = MatchType.Simple, AttributesToSkip = FileAttributes.None };

    private readonly string _root;
    private readonly string _changes;
    private readonly string _unfinished;

    // One for each first byte of an id: a picture is not taken away while somebody else begins to hold it.
    private readonly Lock[] _locks = [.. Enumerable.Range(0, 256).Select(_ => new Lock())];

    /// <summary>The store in the data directory; files that were not finished when the process ended are removed.</summary>
    public AvatarStore(IOptions<StorageOptions> storage)
    {
        _root = Path.Combine(Path.GetFullPath(storage.Value.DataDirectory), "avatars");
        _changes = Path.Combine(_root, "changes");
        _unfinished = Path.Combine(_root, "new");
        Directory.CreateDirectory(_changes);
        Directory.CreateDirectory(_unfinished);
        foreach (var file in Directory.EnumerateFiles(_unfinished))
            File.Delete(file);
    }

    /// <summary>The users whose last change may not be over.</summary>
    public IReadOnlyList<UserId> Changing => [.. Directory.EnumerateFiles(_changes).Select(file => new UserId(Path.GetFileName(file)))];

    /// <summary>Whether the user's last change may not be over.</summary>
    public bool IsChanging(UserId user) => File.Exists(NoteOf(user));

    /// <summary>Notes that the user's picture is about to change from one of these to another of these.</summary>
    public async Task BeginChange(UserId user, IEnumerable<AvatarId> pictures)
    {
        var unfinished = await Write(Encoding.ASCII.GetBytes(string.Join('\n', pictures)));
        File.Move(unfinished, NoteOf(user), overwrite: true);
    }

    /// <summary>Lets go of what the user's change was about, except the picture that the journal names, and so ends it.</summary>
    /// <param name="user">Whose change.</param>
    /// <param name="current">What the journal says; null for none.</param>
    public void EndChange(UserId user, AvatarId? current)
    {
        var note = NoteOf(user);
        foreach (var line in File.ReadAllLines(note))
        {
            if (line.Length > 0 && line != current?.Value)
                Release(user, new(line));
        }

        File.Delete(note);
    }

    /// <summary>Keeps a picture for a user: as a whole or not at all.</summary>
    public async Task Keep(UserId user, AvatarId id, ReadOnlyMemory<byte> picture)
    {
        var unfinished = await Write(picture);
        var path = PathOf(id);
        lock (LockOf(id))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (File.Exists(path))
                File.Delete(unfinished);
            else
                File.Move(unfinished, path);
            File.Create(MarkOf(path, user)).Dispose();
        }
    }

    /// <summary>Opens a picture; null if it is not there.</summary>
    public FileStream? Open(AvatarId id)
    {
        try
        {
            return new FileStream(PathOf(id), new FileStreamOptions { Share = FileShare.Read | FileShare.Delete, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string MarkOf(string path, UserId user) => $"{path}.{user.Value}";

    /// <summary>A user lets go of a picture, if it is the user's.</summary>
    public void Release(UserId user, AvatarId id)
    {
        var path = PathOf(id);
        lock (LockOf(id))
        {
            if (!Directory.Exists(Path.GetDirectoryName(path)))
                return;
            File.Delete(MarkOf(path, user));
            if (!Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"{Path.GetFileName(path)}.*", Literally).Any())
                File.Delete(path);
        }
    }

    private string PathOf(AvatarId id) => Path.Combine(_root, id.Value[..2], id.Value[2..]);

    private string NoteOf(UserId user) => Path.Combine(_changes, user.Value);

    private Lock LockOf(AvatarId id) => _locks[Convert.FromHexString(id.Value.AsSpan(0, 2))[0]];

    // To the disk, and only then under its name. The name follows at the latest with the journal's next commit, which
    // lies in the same file system.
    private async Task<string> Write(ReadOnlyMemory<byte> content)
    {
        var unfinished = Path.Combine(_unfinished, Guid.NewGuid().ToString("N"));
        await using var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        await file.WriteAsync(content);
        file.Flush(flushToDisk: true);
        return unfinished;
    }
}
