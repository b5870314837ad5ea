namespace Akka.Persistence.Sql.Storage;

/// <summary>
/// One database: a single writer that commits together whatever waits for it, and readers of their own.
/// While a batch is on its way to the disk the next one gathers; a lone request goes at once.
/// </summary>
internal abstract class SqlStore : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Thread _writer;
    private Queue<WriteRequest> _waiting = new();
    private WriteRequest[] _batch = new WriteRequest[64];
    private int _batchCount;
    private long _batchRows;
    private long _batchBytes;
    private bool _sleeping;
    private bool _closed;
    private volatile Task? _initialized;

    protected SqlStore(StoreSettings settings)
    {
        Settings = settings;
        _writer = new Thread(Write) { IsBackground = true, Name = "journal writer" };
        _writer.Start();
    }

    protected StoreSettings Settings { get; }

    /// <summary>What is being written; the writer's alone to change, so that it may look without the gate.</summary>
    private ReadOnlySpan<WriteRequest> Batch => _batch.AsSpan(0, _batchCount);

    /// <summary>Stamped on every event that this store writes.</summary>
    protected string WriterUuid { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Puts a request in the writer's queue; its <see cref="WriteRequest.Completed"/> tells the outcome.</summary>
    public void Enqueue(WriteRequest request)
    {
        bool wake;
        lock (_gate)
        {
            if (_closed)
            {
                wake = false;
            }
            else
            {
                _waiting.Enqueue(request);
                wake = _sleeping;
                _sleeping = false;
                request = null!;
            }
        }

        if (wake)
        {
            _arrived.Release();
        }

        request?.Completed(new ObjectDisposedException(GetType().Name, "The journal's database is closed."));
    }

    /// <summary>
    /// Reads a page of events, after every write of the same persistence id that is already queued:
    /// an actor that comes back while its last write is still under way must see that write.
    /// </summary>
    public async Task<EventPage> ReadEvents(string persistenceId, long fromSequenceNr, long toSequenceNr, long max)
    {
        await WritesOf(persistenceId).ConfigureAwait(false);
        return await ReadPage(persistenceId, fromSequenceNr, toSequenceNr, max).ConfigureAwait(false);
    }

    /// <summary>Reads the newest snapshot in a range, or null, after every write of the same persistence id that is already queued.</summary>
    public async Task<SnapshotRow?> ReadSnapshot(string persistenceId, SnapshotRange range)
    {
        await WritesOf(persistenceId).ConfigureAwait(false);
        return await ReadNewestSnapshot(persistenceId, range).ConfigureAwait(false);
    }

    /// <summary>Writes what is queued and closes the database.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
        }

        _arrived.Release();
        _writer.Join();
        CloseReaders();
    }

    protected abstract Task<EventPage> ReadPage(string persistenceId, long fromSequenceNr, long toSequenceNr, long max);

    protected abstract Task<SnapshotRow?> ReadNewestSnapshot(string persistenceId, SnapshotRange range);

    /// <summary>Creates what tables are missing. Never called twice at once.</summary>
    protected abstract void CreateTables();

    /// <summary>
    /// Writes and commits all requests in one transaction, and with them what it takes by <see cref="TakeLate"/>.
    /// On any exception nothing of it is on disk.
    /// </summary>
    protected abstract void Commit(ReadOnlySpan<WriteRequest> batch);

    /// <summary>
    /// Writes and commits in one transaction what can be written, each request under a savepoint of its own;
    /// <paramref name="failures"/> gets the others' reasons. On an exception nothing of it is on disk.
    /// </summary>
    protected abstract void CommitEach(ReadOnlySpan<WriteRequest> batch, Span<Exception?> failures);

    /// <summary>Whether what went wrong lies in one request's rows, so that the others of its batch may still be written.</summary>
    protected abstract bool IsFaultOfOneRequest(Exception failure);

    /// <summary>What the writer does between two batches, such as looking after the log's size.</summary>
    protected virtual void BetweenBatches()
    {
    }

    protected abstract void CloseWriter();

    protected abstract void CloseReaders();

    /// <summary>Ends when the tables are there. A first use that fails is no last word: the next one tries anew.</summary>
    protected Task Initialized()
    {
        if (_initialized is { IsFaulted: false } initialized)
        {
            return initialized;
        }

        lock (_gate)
        {
            if (_initialized is null or { IsFaulted: true })
            {
                _initialized = Settings.AutoInitialize ? Task.Run(CreateTables) : Task.CompletedTask;
            }

            return _initialized;
        }
    }

    /// <summary>What has come since the batch was taken and still fits in it; it shares the batch's outcome.</summary>
    protected ReadOnlySpan<WriteRequest> TakeLate()
    {
        lock (_gate)
        {
            return Take();
        }
    }

    private Task WritesOf(string persistenceId)
    {
        lock (_gate)
        {
            if (!IsPending(persistenceId))
            {
                return Task.CompletedTask;
            }
        }

        var barrier = new BarrierRequest(persistenceId);
        Enqueue(barrier);
        return barrier.Outcome;
    }

    private bool IsPending(string persistenceId)
    {
        foreach (var request in _batch.AsSpan(0, _batchCount))
        {
            if (request.PersistenceId == persistenceId)
            {
                return true;
            }
        }

        foreach (var request in _waiting)
        {
            if (request.PersistenceId == persistenceId)
            {
                return true;
            }
        }

        return false;
    }

    private void Write()
    {
        try
        {
            while (TakeBatch())
            {
                WriteBatch();
                lock (_gate)
                {
                    Array.Clear(_batch, 0, _batchCount);
                    (_batchCount, _batchRows, _batchBytes) = (0, 0, 0);
                }

                BetweenBatches();
            }
        }
        finally
        {
            CloseWriter();
        }
    }

    private bool TakeBatch()
    {
        while (true)
        {
            lock (_gate)
            {
                if (Take().Length > 0)
                {
                    return true;
                }

                if (_closed)
                {
                    return false;
                }

                _sleeping = true;
            }

            // SemaphoreSlim spins for some microseconds before it sleeps: a lone writer's next event mostly comes in that time.
            _arrived.Wait();
        }
    }

    /// <summary>Moves what waits into the batch, as far as it has room; what was moved.</summary>
    private ReadOnlySpan<WriteRequest> Take()
    {
        var first = _batchCount;
        while (_waiting.TryPeek(out var next)
            && (_batchCount == 0 || (_batchRows + next.Weight <= Settings.MaxBatchRows && _batchBytes + next.Bytes <= Settings.MaxBatchBytes)))
        {
            if (_batchCount == _batch.Length)
            {
                Array.Resize(ref _batch, _batchCount * 2);
            }

            _batch[_batchCount++] = _waiting.Dequeue();
            _batchRows += next.Weight;
            _batchBytes += next.Bytes;
        }

        return _batch.AsSpan(first, _batchCount - first);
    }

    private void WriteBatch()
    {
        try
        {
            Initialized().GetAwaiter().GetResult();
            Commit(Batch);
        }
        catch (Exception failure) when (_batchCount > 1 && IsFaultOfOneRequest(failure))
        {
            WriteEach();
            return;
        }
        catch (Exception failure)
        {
            Complete(Batch, failure);
            return;
        }

        Complete(Batch, null);
    }

    private void WriteEach()
    {
        var batch = Batch;
        var failures = new Exception?[batch.Length];
        try
        {
            CommitEach(batch, failures);
        }
        catch (Exception failure)
        {
            Complete(batch, failure);
            return;
        }

        for (var i = 0; i < batch.Length; i++)
        {
            batch[i].Completed(failures[i]);
        }
    }

    private static void Complete(ReadOnlySpan<WriteRequest> batch, Exception? failure)
    {
        foreach (var request in batch)
        {
            request.Completed(failure);
        }
    }
}
