using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Persistence;

/// <summary>Reads the bans from the journal of the register, on connections of its own.</summary>
public sealed class BanHistory(JournalDatabase database)
{
    /// <summary>The bans imposed and lifted after an event of the register, oldest first.</summary>
    public Task<IReadOnlyList<BanChange>> ReadAfter(long seq, CancellationToken cancellationToken) => database.Read<IReadOnlyList<BanChange>>(
        """
        SELECT sequence_number, manifest, message FROM journal
        WHERE persistence_id = @register AND sequence_number > @seq AND manifest IN (@imposed, @lifted) ORDER BY sequence_number
        """,
        async rows =>
        {
            var changes = new List<BanChange>();
            while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                changes.Add(Manifests.Parse(rows.GetString(1), rows.GetFieldValue<byte[]>(2)) switch
                {
                    BanImposed e => new(rows.GetInt64(0), new(e.UserId), DateTimeOffset.FromUnixTimeMilliseconds(e.Until), e.Reason),
                    var lifted => new(rows.GetInt64(0), new(((BanLifted)lifted).UserId), null, ReportReason.Unspecified),
                });
            }

            return changes;
        },
        cancellationToken,
        ("@register", PersistenceIds.Reports), ("@seq", seq), ("@imposed", Manifests.Of(typeof(BanImposed))), ("@lifted", Manifests.Of(typeof(BanLifted))));
}

/// <summary>A ban was imposed or lifted.</summary>
/// <param name="Seq">The sequence number of the event in the register's journal.</param>
/// <param name="User">The user.</param>
/// <param name="Until">The end of the ban; null: it was lifted.</param>
/// <param name="Reason">The reason of the report that led to it; unspecified if none did.</param>
public readonly record struct BanChange(long Seq, UserId User, DateTimeOffset? Until, ReportReason Reason);
