namespace WebChat.Tests.Databases;

/// <summary>The database of a test.</summary>
public enum DatabaseKind
{
    Sqlite,
    Postgres,
}
