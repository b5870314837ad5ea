-- The keys of the server itself, by what they are for.
CREATE TABLE server_key
(
    name   TEXT  NOT NULL PRIMARY KEY,
    secret BYTEA NOT NULL
);
