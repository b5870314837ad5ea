namespace WebChat.Tests.Actors.Persistence.Faults.PowerCut;

/// <summary>A file's bytes that are on the disk for sure, and its changes since.</summary>
internal sealed class DiskFile
{
    private readonly MemoryStream _kept = new();

    public DiskFile(byte[] kept) => _kept.Write(kept);

    /// <summary>The number of steps that are on the disk for sure.</summary>
    public long KeptSteps { get; private set; }

    /// <summary>The steps after those.</summary>
    public List<Step> Unkept { get; } = [];

    /// <summary>Makes the steps up to one of them durable.</summary>
    public void Keep(long upto)
    {
        var count = (int)Math.Max(0, upto - KeptSteps);
        Take(_kept, Unkept.Take(count));
        Unkept.RemoveRange(0, count);
        KeptSteps += count;
    }

    /// <summary>The file with any part of its unsynced changes.</summary>
    public byte[] Cut(Random random, double luck, int sectorSize)
    {
        var left = new MemoryStream();
        _kept.WriteTo(left);
        Take(left, Unkept.SelectMany(step => step.InSectors(sectorSize)).Where(_ => random.NextDouble() < luck));
        return left.ToArray();
    }

    private static void Take(MemoryStream content, IEnumerable<Step> steps)
    {
        foreach (var step in steps)
        {
            if (step.Bytes is { } written)
            {
                // Bytes that were never written are zero.
                content.Position = step.Offset;
                content.Write(written.Span);
            }
            else
            {
                content.SetLength(step.Offset);
            }
        }
    }

    /// <summary>Bytes written at a position; without bytes, the file truncated or extended to a length.</summary>
    internal readonly record struct Step(long Offset, ReadOnlyMemory<byte>? Bytes)
    {
        /// <summary>Its parts that a disk writes completely or not at all.</summary>
        public IEnumerable<Step> InSectors(int size)
        {
            if (Bytes is not { } bytes)
            {
                yield return this;
                yield break;
            }

            for (var done = 0; done < bytes.Length;)
            {
                var length = (int)Math.Min(bytes.Length - done, size - ((Offset + done) % size));
                yield return new(Offset + done, bytes.Slice(done, length));
                done += length;
            }
        }
    }
}
