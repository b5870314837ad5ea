namespace WebChat.Actors.Journal.Schema;

/// <summary>The versions of the schema that this program knows: the first step makes version 1, and so on.</summary>
/// <remarks>
/// To change the schema, add a <see cref="SchemaStep"/> at the end of the list; the statements may stand in a file of their own,
/// as those of <see cref="JournalTables"/>. It finds the schema that the steps before it leave, and is not taken twice, so it
/// says <c>CREATE TABLE</c> without <c>IF NOT EXISTS</c>. It opens and ends no transaction. A step that was ever released stays as it
/// is: what was wrong in it, another one mends. The tables <c>journal</c>, <c>tags</c> and <c>snapshot</c> are shared with
/// Akka.Persistence.Sql and keep their columns.
/// </remarks>
public static class SchemaSteps
{
    /// <summary>All steps, in order.</summary>
    public static IReadOnlyList<SchemaStep> All { get; } =
    [
        new("the tables of Akka.Persistence.Sql", JournalTables.Sqlite, JournalTables.Postgres),
        new("the keys of persons", PersonKeyTables.Sqlite, PersonKeyTables.Postgres),
        new("accounts under a hash of their name", ConcealedAccounts.Sqlite, ConcealedAccounts.Postgres),
        new("pictures", PictureTable.Sqlite, PictureTable.Postgres),
    ];
}
