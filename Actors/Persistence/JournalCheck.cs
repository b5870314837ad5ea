using System.Runtime.CompilerServices;
using System.Runtime.Serialization;
using System.Security.Cryptography;
using WebChat.Actors.Persistence.Encryption;

namespace WebChat.Actors.Persistence;

/// <summary>Checks every row of the journal and the snapshot store: gaps, unknown manifests, unreadable records, missing keys.</summary>
public sealed class JournalCheck(JournalRows rows, PersonalDataCipher cipher)
{
    /// <summary>Yields each fault as a line of text.</summary>
    /// <param name="checkedRow">Called after each row.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    public async IAsyncEnumerable<string> Faults(Action checkedRow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JournalRow before = default;
        await foreach (var row in rows.AllEvents(cancellationToken).ConfigureAwait(false))
        {
            // Events are deleted from the front only.
            if (row.PersistenceId == before.PersistenceId && row.Seq != before.Seq + 1)
                yield return $"{row.PersistenceId}: events {before.Seq + 1} to {row.Seq - 1} are missing.";
            if (FaultOf(row) is { } fault)
                yield return $"{row.PersistenceId}: event {row.Seq}: {fault}";
            before = row;
            checkedRow();
        }

        await foreach (var row in rows.AllSnapshots(cancellationToken).ConfigureAwait(false))
        {
            if (FaultOf(row) is { } fault)
                yield return $"{row.PersistenceId}: snapshot {row.Seq}: {fault}";
            checkedRow();
        }
    }

    private string? FaultOf(JournalRow row)
    {
        try
        {
            var record = Manifests.Parse(row.Manifest, row.Message);
            var missing = cipher.MissingKeys(record).ToList();
            if (missing.Count > 0)
                return $"the key {missing[0]} is missing.";
            cipher.Decrypt(record);
            return null;
        }
        catch (SerializationException ex)
        {
            return ex.Message;
        }
        catch (CryptographicException ex)
        {
            return $"the personal fields cannot be decrypted: {ex.Message}";
        }
    }
}
