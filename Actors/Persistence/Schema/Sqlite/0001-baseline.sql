-- The default table mapping of Akka.Persistence.Sql, with the keys that this program's queries need: each further index would
-- cost every write.
CREATE TABLE journal
(
    ordering        INTEGER       NOT NULL PRIMARY KEY AUTOINCREMENT,
    created         BigInt        NOT NULL,
    deleted         Bit           NOT NULL,
    persistence_id  NVarChar(255) NOT NULL,
    sequence_number BigInt        NOT NULL,
    message         VarBinary     NOT NULL,
    manifest        NVarChar(500)     NULL,
    identifier      INTEGER           NULL,
    writer_uuid     NVarChar(128)     NULL
);
CREATE UNIQUE INDEX journal_uq ON journal (persistence_id, sequence_number);

CREATE TABLE tags
(
    ordering_id    INTEGER       NOT NULL,
    tag            NVarChar(64)  NOT NULL,
    sequence_nr    INTEGER       NOT NULL,
    persistence_id NVarChar(255) NOT NULL,
    PRIMARY KEY (persistence_id, tag, ordering_id)
) WITHOUT ROWID;

CREATE TABLE snapshot
(
    persistence_id  NVarChar(255) NOT NULL,
    sequence_number BigInt        NOT NULL,
    created         BigInt        NOT NULL,
    snapshot        VarBinary         NULL,
    manifest        NVarChar(500)     NULL,
    serializer_id   INTEGER           NULL,
    PRIMARY KEY (persistence_id, sequence_number)
);
CREATE INDEX snapshot_sequence_number_idx ON snapshot (sequence_number);
CREATE INDEX snapshot_created_idx ON snapshot (created);

-- The keys that encrypt personal fields. A row is never moved or deleted, so that SQLite leaves no copy of a destroyed key.
CREATE TABLE person_key
(
    key_id  INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    user_id TEXT    NOT NULL UNIQUE,
    secret  BLOB    NOT NULL
);

-- The users' pictures and their previews, encrypted under the users' keys.
CREATE TABLE picture
(
    user_id TEXT NOT NULL PRIMARY KEY,
    image   BLOB NOT NULL,
    preview BLOB NOT NULL
);

-- One row, which the readiness check writes to learn whether the database can be written.
CREATE TABLE probe
(
    id     INTEGER NOT NULL PRIMARY KEY,
    probes INTEGER NOT NULL
);
