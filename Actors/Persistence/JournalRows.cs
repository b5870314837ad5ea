using System.Runtime.CompilerServices;

namespace WebChat.Actors.Persistence;

/// <summary>A row of the journal or the snapshot store, as it is on disk.</summary>
public readonly record struct JournalRow(string PersistenceId, long Seq, string Manifest, byte[] Message);

/// <summary>Reads the rows of the journal and the snapshot store for an operator, on connections of their own.</summary>
public sealed class JournalRows(JournalDatabase database)
{
    private const string Events = "SELECT persistence_id, sequence_number, COALESCE(manifest, ''), message FROM journal";

    /// <summary>The events of an entity, in order.</summary>
    public IAsyncEnumerable<JournalRow> EventsOf(string persistenceId, CancellationToken cancellationToken) =>
        Read($"{Events} WHERE persistence_id = @id ORDER BY sequence_number", cancellationToken, ("@id", persistenceId));

    /// <summary>All events, by entity and in order.</summary>
    public IAsyncEnumerable<JournalRow> AllEvents(CancellationToken cancellationToken) =>
        Read($"{Events} ORDER BY persistence_id, sequence_number", cancellationToken);

    /// <summary>All snapshots.</summary>
    public IAsyncEnumerable<JournalRow> AllSnapshots(CancellationToken cancellationToken) =>
        Read("SELECT persistence_id, sequence_number, COALESCE(manifest, ''), snapshot FROM snapshot ORDER BY persistence_id, sequence_number", cancellationToken);

    /// <summary>The number of events and snapshots.</summary>
    public Task<long> CountAsync(CancellationToken cancellationToken) => database.Read(
        "SELECT (SELECT COUNT(*) FROM journal) + (SELECT COUNT(*) FROM snapshot)",
        async rows =>
        {
            await rows.ReadAsync(cancellationToken).ConfigureAwait(false);
            return rows.GetInt64(0);
        },
        cancellationToken);

    /// <summary>The event that was written last; null if there is none.</summary>
    public async Task<JournalRow?> NewestEventAsync(CancellationToken cancellationToken)
    {
        await foreach (var row in Read($"{Events} ORDER BY ordering DESC LIMIT 1", cancellationToken).ConfigureAwait(false))
            return row;
        return null;
    }

    private async IAsyncEnumerable<JournalRow> Read(
        string query, [EnumeratorCancellation] CancellationToken cancellationToken, params (string Name, object Value)[] parameters)
    {
        await using var command = database.Readers.CreateCommand(query);
        // A large journal takes longer to sort than a command may take by default.
        command.CommandTimeout = 0;
        JournalDatabase.Bind(command, parameters);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            yield return new(rows.GetString(0), rows.GetInt64(1), rows.GetString(2), rows.GetFieldValue<byte[]>(3));
    }
}
