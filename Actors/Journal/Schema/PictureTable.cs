namespace WebChat.Actors.Journal.Schema;

/// <summary>Version 4: users' pictures, encrypted under their keys.</summary>
internal static class PictureTable
{
    public const string Sqlite = """
        CREATE TABLE picture
        (
            user_id TEXT NOT NULL PRIMARY KEY,
            image   BLOB NOT NULL,
            preview BLOB NOT NULL
        );
        """;

    public const string Postgres = """
        CREATE TABLE picture
        (
            user_id text  NOT NULL PRIMARY KEY,
            image   bytea NOT NULL,
            preview bytea NOT NULL
        );
        """;
}
