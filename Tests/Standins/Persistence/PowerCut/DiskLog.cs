using System.Runtime.InteropServices;
using System.Text;

namespace WebChat.Tests.Standins.Persistence.PowerCut;

/// <summary>What a process did to its database, and what it had said by then, as <c>powercut.c</c> noted it.</summary>
public sealed class DiskLog
{
    private DiskLog(IReadOnlyList<Record> records) => Records = records;

    /// <summary>What happened, in order.</summary>
    public IReadOnlyList<Record> Records { get; }

    /// <summary>Reads a log; its last record may be cut off.</summary>
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

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Header
    {
        public readonly uint Kind;
        public readonly uint Length;
        public readonly ulong File;
        public readonly long Offset;
    }

    /// <summary>One thing that the process did; <c>powercut.c</c> says what the fields are for each kind.</summary>
    public sealed record Record(RecordKind Kind, ulong File, long Offset, ReadOnlyMemory<byte> Bytes)
    {
        /// <summary>The bytes as text.</summary>
        public string Text => Encoding.UTF8.GetString(Bytes.Span);
    }

    /// <summary>What a process can do.</summary>
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
