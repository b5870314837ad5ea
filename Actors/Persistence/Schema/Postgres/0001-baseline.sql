-- The default table mapping of Akka.Persistence.Sql, with the keys that this program's queries need: each further index would
-- cost every write.
CREATE TABLE journal
(
    ordering        bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created         bigint  NOT NULL,
    deleted         boolean NOT NULL,
    persistence_id  text    NOT NULL,
    sequence_number bigint  NOT NULL,
    message         bytea   NOT NULL,
    manifest        text        NULL,
    identifier      integer     NULL,
    writer_uuid     text        NULL,
    CONSTRAINT journal_uq UNIQUE (persistence_id, sequence_number)
);

CREATE TABLE tags
(
    ordering_id    bigint NOT NULL,
    tag            text   NOT NULL,
    sequence_nr    bigint NOT NULL,
    persistence_id text   NOT NULL,
    PRIMARY KEY (persistence_id, tag, ordering_id)
);

CREATE TABLE snapshot
(
    persistence_id  text    NOT NULL,
    sequence_number bigint  NOT NULL,
    created         bigint  NOT NULL,
    snapshot        bytea       NULL,
    manifest        text        NULL,
    serializer_id   integer     NULL,
    PRIMARY KEY (persistence_id, sequence_number)
);
CREATE INDEX snapshot_sequence_number_idx ON snapshot (sequence_number);
CREATE INDEX snapshot_created_idx ON snapshot (created);

-- The keys that encrypt personal fields. A row is never deleted, so that a destroyed key stays destroyed.
CREATE TABLE person_key
(
    key_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id text   NOT NULL UNIQUE,
    secret  bytea  NOT NULL
);

-- The users' pictures and their previews, encrypted under the users' keys.
CREATE TABLE picture
(
    user_id text  NOT NULL PRIMARY KEY,
    image   bytea NOT NULL,
    preview bytea NOT NULL
);

-- One row, which the readiness check writes to learn whether the database can be written.
CREATE TABLE probe
(
    id     bigint NOT NULL PRIMARY KEY,
    probes bigint NOT NULL
);
