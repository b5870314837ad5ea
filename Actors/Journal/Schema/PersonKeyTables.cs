namespace WebChat.Actors.Journal.Schema;

/// <summary>Version 2: the keys under which what persons wrote and are is sealed. Rows are added at the end and never moved.</summary>
internal static class PersonKeyTables
{
    public const string Sqlite = """
        CREATE TABLE person_key
        (
            key_id  INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            user_id TEXT    NOT NULL UNIQUE,
            secret  BLOB    NOT NULL
        );
        """;

    public const string Postgres = """
        CREATE TABLE person_key
        (
            key_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            user_id text   NOT NULL UNIQUE,
            secret  bytea  NOT NULL
        );
        """;
}
