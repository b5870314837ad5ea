namespace WebChat.Tests.Actors.Persistence.Faults.PowerCut;

/// <summary>
/// A disk that follows a log: the bytes that are on it for sure, and the writes without an fsync, of which a power cut leaves any
/// part, in any order. Only a file's own fsync keeps its bytes, and only the directory's keeps its name.
/// </summary>
/// <param name="files">The first content of the disk, by the part of each name after the database's.</param>
/// <param name="liesAboutSync">Whether fsync reports success without keeping anything.</param>
internal sealed class Disk(IReadOnlyDictionary<string, byte[]> files, bool liesAboutSync = false)
{
    private readonly Dictionary<string, DiskFile> _kept = files.ToDictionary(file => file.Key, file => new DiskFile(file.Value));
    private readonly Dictionary<ulong, DiskFile> _open = [];
    private readonly Dictionary<long, (DiskFile? File, long Upto)> _syncs = [];
    private readonly List<(string Name, DiskFile? File)> _unkeptNames = [];
    private long _namesKept;

    /// <summary>All printed lines.</summary>
    public List<string> Said { get; } = [];

    /// <summary>Follows the process by one step.</summary>
    public void Follow(DiskLog.Record step)
    {
        switch (step.Kind)
        {
            case DiskLog.RecordKind.Opened:
                Open(step.Text, step.File, isNew: step.Offset == 1);
                break;
            case DiskLog.RecordKind.Written:
                _open[step.File].Unkept.Add(new(step.Offset, step.Bytes));
                break;
            case DiskLog.RecordKind.Truncated:
                _open[step.File].Unkept.Add(new(step.Offset, null));
                break;
            case DiskLog.RecordKind.Unlinked:
                _unkeptNames.Add((step.Text, null));
                break;
            case DiskLog.RecordKind.SyncBegan:
                _syncs[step.Offset] = _open.TryGetValue(step.File, out var file) ? (file, file.KeptSteps + file.Unkept.Count) : (null, _namesKept + _unkeptNames.Count);
                break;
            case DiskLog.RecordKind.SyncEnded:
                if (_syncs.Remove(step.Offset, out var sync) && !liesAboutSync)
                    Keep(sync.File, sync.Upto);
                break;
            case DiskLog.RecordKind.Said:
                Said.AddRange(step.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
                break;
        }
    }

    /// <summary>The files after a power cut at this moment.</summary>
    /// <param name="random">Decides about each sector.</param>
    /// <param name="luck">The share of unsynced bytes that survive: from 0, none, to 1, all.</param>
    /// <param name="sectorSize">The number of bytes that are written completely or not at all.</param>
    public Dictionary<string, byte[]> Cut(Random random, double luck, int sectorSize)
    {
        // A directory changes in order: a file system restores one of its earlier states.
        var names = new Dictionary<string, DiskFile>(_kept);
        var remembered = luck is 0 or 1 ? (int)luck * _unkeptNames.Count : random.Next(_unkeptNames.Count + 1);
        foreach (var (name, file) in _unkeptNames.Take(remembered))
            Apply(names, name, file);
        return names.ToDictionary(name => name.Key, name => name.Value.Cut(random, luck, sectorSize));
    }

    private static void Apply(Dictionary<string, DiskFile> names, string name, DiskFile? file)
    {
        if (file is null)
            names.Remove(name);
        else
            names[name] = file;
    }

    private void Open(string name, ulong inode, bool isNew)
    {
        if (isNew)
            _unkeptNames.Add((name, _open[inode] = new DiskFile([])));
        else if (!_open.ContainsKey(inode))
            _open[inode] = _kept[name];
    }

    private void Keep(DiskFile? file, long upto)
    {
        if (file is not null)
        {
            file.Keep(upto);
            return;
        }

        for (; _namesKept < upto; _namesKept++)
        {
            Apply(_kept, _unkeptNames[0].Name, _unkeptNames[0].File);
            _unkeptNames.RemoveAt(0);
        }
    }
}
