using System.Data.Common;
using System.Globalization;
using WebChat.Actors.Journal.Sealing;
using WebChat.Journal.V1;

namespace WebChat.Actors.Journal;

/// <summary>Reads for admins out of the journal's table, on connections of its own.</summary>
public sealed class AdminRecords(JournalDatabase database, Sealer sealer) : IAdminRecords
{
    /// <inheritdoc/>
    public Task<Reported> ReadReport(long seq, CancellationToken cancellation) => OffThread(
        async command =>
        {
            await using var rows = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            if (!await rows.ReadAsync(cancellation).ConfigureAwait(false))
                throw new InvalidOperationException($"The journal has no event {seq} of {PersistenceIds.Reports}.");
            var reported = (Reported)Records.Reports.Parse(rows.GetString(0), rows.GetFieldValue<byte[]>(1));
            sealer.Open(reported);
            return reported;
        },
        "SELECT manifest, message FROM journal WHERE persistence_id = @register AND sequence_number = @seq",
        cancellation,
        ("@register", PersistenceIds.Reports), ("@seq", seq));

    /// <inheritdoc/>
    public Task<long> CountPeople(CancellationToken cancellation) => OffThread(
        async command => Convert.ToInt64(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false), CultureInfo.InvariantCulture),
        """
        SELECT COUNT(*) FILTER (WHERE sequence_number = 1) - COUNT(*) FILTER (WHERE manifest = @deleted)
        FROM journal WHERE persistence_id LIKE 'user-%'
        """,
        cancellation,
        ("@deleted", Records.UserDeletedManifest));

    // SQLite's asynchronous calls are synchronous in truth: they must not hold up who asks.
    private Task<T> OffThread<T>(Func<DbCommand, Task<T>> read, string query, CancellationToken cancellation, params (string Name, object Value)[] parameters) => Task.Run(
        async () =>
        {
            await using var command = database.Readers.CreateCommand(query);
            foreach (var (name, value) in parameters)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }

            return await read(command).ConfigureAwait(false);
        },
        cancellation);
}
