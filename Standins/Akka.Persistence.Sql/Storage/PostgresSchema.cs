namespace Akka.Persistence.Sql.Storage;

/// <summary>The default table mapping of Akka.Persistence.Sql as PostgreSQL has it.</summary>
/// <remarks>The secondary indices on <c>created</c> and <c>sequence_number</c> alone are left out, as on SQLite.</remarks>
internal static class PostgresSchema
{
    // Two processes that start at once must not both create: the lock is held to the end of the transaction.
    public const string Create = """
        SELECT pg_advisory_xact_lock(7239114205);
        CREATE TABLE IF NOT EXISTS journal
        (
            ordering        bigint  GENERATED ALWAYS AS IDENTITY CONSTRAINT "PK_journal" PRIMARY KEY,
            created         bigint  NOT NULL,
            deleted         boolean NOT NULL,
            persistence_id  text    NOT NULL,
            sequence_number bigint  NOT NULL,
            message         bytea   NOT NULL,
            manifest        text    NULL,
            identifier      integer NULL,
            writer_uuid     text    NULL,
            CONSTRAINT journal_uq UNIQUE (persistence_id, sequence_number)
        );
        CREATE TABLE IF NOT EXISTS tags
        (
            ordering_id    bigint NOT NULL,
            tag            text   NOT NULL,
            sequence_nr    bigint NOT NULL,
            persistence_id text   NOT NULL,
            CONSTRAINT "PK_tags" PRIMARY KEY (ordering_id, tag)
        );
        CREATE INDEX IF NOT EXISTS tags_persistence_id_sequence_nr_idx ON tags (persistence_id, sequence_nr);
        CREATE INDEX IF NOT EXISTS tags_tag_idx ON tags (tag);
        CREATE TABLE IF NOT EXISTS snapshot
        (
            persistence_id  text    NOT NULL,
            sequence_number bigint  NOT NULL,
            created         bigint  NOT NULL,
            snapshot        bytea   NULL,
            manifest        text    NULL,
            serializer_id   integer NULL,
            CONSTRAINT "PK_snapshot" PRIMARY KEY (persistence_id, sequence_number)
        );
        CREATE INDEX IF NOT EXISTS snapshot_sequence_number_idx ON snapshot (sequence_number);
        CREATE INDEX IF NOT EXISTS snapshot_created_idx ON snapshot (created);
        """;
}
