namespace WebChat.Actors.Journal.Schema;

/// <summary>What makes one version of the schema out of the version before, in one transaction.</summary>
/// <param name="Name">What it is for, in a few words; recorded with the version.</param>
/// <param name="Sqlite">Its statements for SQLite.</param>
/// <param name="Postgres">Its statements for PostgreSQL.</param>
public sealed record SchemaStep(string Name, string Sqlite, string Postgres);
