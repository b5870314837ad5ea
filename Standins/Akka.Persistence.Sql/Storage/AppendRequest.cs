using System.Text;

namespace Akka.Persistence.Sql.Storage;

/// <summary>Events of one persistence id that are written together or not at all. Reusable once completed.</summary>
internal abstract class AppendRequest(string persistenceId) : WriteRequest(persistenceId)
{
    private EventRow[] _rows = new EventRow[1];
    private long _bytes;

    /// <summary>Kept with the request so that a busy actor's name is encoded once and not once per event.</summary>
    public byte[] PersistenceIdUtf8 { get; } = Encoding.UTF8.GetBytes(persistenceId);

    public int Count { get; private set; }

    public override int Weight => Count;

    public override long Bytes => _bytes;

    public ReadOnlySpan<EventRow> Rows => _rows.AsSpan(0, Count);

    public void Add(in EventRow row)
    {
        if (Count == _rows.Length)
        {
            Array.Resize(ref _rows, Count * 2);
        }

        _rows[Count++] = row;
        _bytes += row.Message.Length;
    }

    /// <summary>Takes back what was added after the first <paramref name="count"/> rows.</summary>
    public void Truncate(int count)
    {
        while (Count > count)
        {
            _bytes -= _rows[--Count].Message.Length;
            _rows[Count] = default;
        }
    }
}
