using System.Runtime.InteropServices;
using System.Text;

namespace WebChat.Tests.Actors.Persistence.Faults.PowerCut;

/// <summary>A process's operations on its database, and its output, as <c>powercut.c</c> recorded them.</summary>
public sealed class DiskLog
{
    private DiskLog(IReadOnlyList<Record> records) => Records = records;

    /// <summary>The operations, in order.</summary>
    public IReadOnlyList<Record> Records { get; }

    /// <summary>Reads a log. Its last entry may be cut off.</summary>
    public static DiskLog Read(string file)
    {
        var bytes = File.ReadAllBytes(file).AsMemory();
        var records = new List<Record>();
        var size = Marshal.SizeOf<Header>();
        while (bytes.Length >= size && MemoryMarshal.Read<Header>(bytes.Span) is var header && bytes.Length >= size + header.Length)
        {
            records.Add(new((RecordKind)header.Kind, header.File, header.Offset, bytes.Slice(size, (int)header.Length)));
            bytes = bytes[(size + (int)header.Length)..];
        }

        return new DiskLog(records);
    }

    /// <summary>The disks after power cuts, each with the output until then, ordered by time.</summary>
    /// <param name="before">The first content of the disk, by the part of each name after the database's.</param>
    /// <param name="count">The number of power cuts.</param>
    /// <param name="random">Chooses the moments, and the lost bytes.</param>
    /// <param name="liesAboutSync">Whether fsync reports success without keeping anything.</param>
    public IEnumerable<(Dictionary<string, byte[]> Disk, List<string> Said)> Cuts(Dictionary<string, byte[]> before, int count, Random random, bool liesAboutSync = false)
    {
        var main = Records.First(step => step is { Kind: RecordKind.Opened, Bytes.IsEmpty: true }).File;

        // A third of the moments are right after output, a third during a checkpoint of the log (a short run may have none), the others
        // are arbitrary.
        var said = MomentsOf(step => step.Kind == RecordKind.Said);
        var copied = MomentsOf(step => step.Kind == RecordKind.Written && step.File == main);
        var moments = Enumerable.Range(0, count).Select(i => (i % 3) switch
        {
            0 => said[random.Next(said.Count)],
            1 when copied.Count > 0 => copied[random.Next(copied.Count)],
            _ => random.Next(Records.Count),
        }).ToHashSet();
        var disk = new Disk(before, liesAboutSync);
        for (var i = 0; i < Records.Count; i++)
        {
            disk.Follow(Records[i]);
            if (moments.Contains(i))
            {
                double[] luck = [0, 0.1, 0.5, 0.9, 1];
                yield return (disk.Cut(random, luck[random.Next(luck.Length)], random.Next(2) == 0 ? 512 : 4096), [.. disk.Said]);
            }
        }

        List<int> MomentsOf(Func<Record, bool> fits) => [.. Enumerable.Range(0, Records.Count).Where(i => fits(Records[i]))];
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Header
    {
        public readonly uint Kind;
        public readonly uint Length;
        public readonly ulong File;
        public readonly long Offset;
    }

    /// <summary>An operation of the process; <c>powercut.c</c> documents its fields for each kind.</summary>
    public sealed record Record(RecordKind Kind, ulong File, long Offset, ReadOnlyMemory<byte> Bytes)
    {
        /// <summary>The bytes as text.</summary>
        public string Text => Encoding.UTF8.GetString(Bytes.Span);
    }

    /// <summary>The kinds of operations.</summary>
    public enum RecordKind
    {
        Opened = 'O',
        Written = 'W',
        Truncated = 'T',
        Unlinked = 'U',
        SyncBegan = 'B',
        SyncEnded = 'E',
        Said = 'A',
    }
}
