-- The default table mapping of Akka.Persistence.Sql. Its indices on journal.created and journal.sequence_number are left out:
-- no query uses them, and each costs every write.
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
    PRIMARY KEY (ordering_id, tag)
);
CREATE INDEX tags_persistence_id_sequence_nr_idx ON tags (persistence_id, sequence_nr);
CREATE INDEX tags_tag_idx ON tags (tag);

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
