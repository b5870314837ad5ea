using WebChat.Actors.Persistence.Encryption;
using WebChat.Journal.V1;

namespace WebChat.Actors.Persistence;

/// <summary>Reads the journal's table for admins, on connections of its own.</summary>
public sealed class AdminQueries(JournalDatabase database, PersonalDataCipher cipher)
{
    /// <summary>The report in the register's event with this sequence number. Fields with a destroyed key are empty.</summary>
    public Task<Reported> ReadReport(long seq, CancellationToken cancellation) => database.Read(
        "SELECT manifest, message FROM journal WHERE persistence_id = @register AND sequence_number = @seq",
        async rows =>
        {
            if (!await rows.ReadAsync(cancellation).ConfigureAwait(false))
                throw new InvalidOperationException($"The journal has no event {seq} of {PersistenceIds.Reports}.");
            var reported = (Reported)Manifests.Parse(rows.GetString(0), rows.GetFieldValue<byte[]>(1));
            cipher.Decrypt(reported);
            return reported;
        },
        cancellation,
        ("@register", PersistenceIds.Reports), ("@seq", seq));

    /// <summary>The number of accounts.</summary>
    public Task<long> CountPeople(CancellationToken cancellation) => database.Read(
        """
        SELECT COUNT(*) FILTER (WHERE sequence_number = 1) - COUNT(*) FILTER (WHERE manifest = @deleted)
        FROM journal WHERE persistence_id LIKE 'user-%'
        """,
        async rows =>
        {
            await rows.ReadAsync(cancellation).ConfigureAwait(false);
            return rows.GetInt64(0);
        },
        cancellation,
        ("@deleted", Manifests.UserDeletedManifest));

    /// <summary>The user names of the admins, as written at sign-up.</summary>
    public Task<IReadOnlyList<string>> ListAdmins(CancellationToken cancellation) => database.Read<IReadOnlyList<string>>(
        """
        SELECT (SELECT message FROM journal WHERE persistence_id = granted.persistence_id AND manifest = @signed_up
                AND sequence_number < granted.sequence_number ORDER BY sequence_number DESC LIMIT 1)
        FROM journal granted WHERE manifest = @granted AND NOT EXISTS
            (SELECT 1 FROM journal WHERE persistence_id = granted.persistence_id AND manifest IN (@withdrawn, @deleted)
             AND sequence_number > granted.sequence_number)
        """,
        async rows =>
        {
            var admins = new List<string>();
            while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
            {
                var account = SignedUp.Parser.ParseFrom(rows.GetFieldValue<byte[]>(0));
                cipher.Decrypt(account);
                admins.Add(account.Username);
            }

            return admins;
        },
        cancellation,
        ("@signed_up", Manifests.Of(typeof(SignedUp))),
        ("@granted", Manifests.Of(typeof(AdminGranted))),
        ("@withdrawn", Manifests.Of(typeof(AdminWithdrawn))),
        ("@deleted", Manifests.Of(typeof(AccountDeleted))));
}
