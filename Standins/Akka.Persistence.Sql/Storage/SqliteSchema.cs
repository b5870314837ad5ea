namespace Akka.Persistence.Sql.Storage;

/// <summary>The default table mapping of Akka.Persistence.Sql as SQLite has it.</summary>
/// <remarks>
/// The secondary indices of the real package on <c>created</c> and <c>sequence_number</c> alone are left out:
/// no query of this store uses them, and they cost writes. Measured with batches of 200 rows of 200 persistence ids, the one on
/// <c>created</c> adds 5 % or so to the CPU time of an insert, no more than runs differ; the one on <c>sequence_number</c> adds about 70 % where actors have
/// different numbers of events, for then each row changes a page of its own in that index too. A database that has them keeps them.
/// </remarks>
internal static class SqliteSchema
{
    /// <summary>
    /// Bytes of a page of a new database. Most pages that a batch writes are the index's, one for each actor of it, for the sake of some fifty bytes:
    /// small pages take less of the log, and so of the disk's time.
    /// </summary>
    public const int PageSize = 1024;

    public const string Create = """
        CREATE TABLE IF NOT EXISTS [journal]
        (
            [ordering]        INTEGER        NOT NULL PRIMARY KEY AUTOINCREMENT,
            [created]         BigInt         NOT NULL,
            [deleted]         Bit            NOT NULL,
            [persistence_id]  NVarChar(255)  NOT NULL,
            [sequence_number] BigInt         NOT NULL,
            [message]         VarBinary      NOT NULL,
            [manifest]        NVarChar(500)      NULL,
            [identifier]      INTEGER            NULL,
            [writer_uuid]     NVarChar(128)      NULL
        );
        CREATE UNIQUE INDEX IF NOT EXISTS journal_uq ON journal (persistence_id, sequence_number);
        CREATE TABLE IF NOT EXISTS [tags]
        (
            [ordering_id]    INTEGER       NOT NULL,
            [tag]            NVarChar(64)  NOT NULL,
            [sequence_nr]    INTEGER       NOT NULL,
            [persistence_id] NVarChar(255) NOT NULL,
            CONSTRAINT [PK_tags] PRIMARY KEY ([ordering_id], [tag])
        );
        CREATE INDEX IF NOT EXISTS tags_persistence_id_sequence_nr_idx ON tags (persistence_id, sequence_nr);
        CREATE INDEX IF NOT EXISTS tags_tag_idx ON tags (tag);
        CREATE TABLE IF NOT EXISTS [snapshot]
        (
            [persistence_id]  NVarChar(255) NOT NULL,
            [sequence_number] BigInt        NOT NULL,
            [created]         BigInt        NOT NULL,
            [snapshot]        VarBinary         NULL,
            [manifest]        NVarChar(500)     NULL,
            [serializer_id]   INTEGER           NULL,
            CONSTRAINT [PK_snapshot] PRIMARY KEY ([persistence_id], [sequence_number])
        );
        CREATE INDEX IF NOT EXISTS snapshot_sequence_number_idx ON snapshot (sequence_number);
        CREATE INDEX IF NOT EXISTS snapshot_created_idx ON snapshot (created);
        """;
}
