namespace WebChat.Tests.Standins.Persistence;

/// <summary>Which database a test runs on.</summary>
public enum DatabaseKind
{
    Sqlite,
    Postgres,
}
