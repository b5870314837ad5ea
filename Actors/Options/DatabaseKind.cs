namespace WebChat.Actors.Options;

/// <summary>Which database the journal is in: <c>WebChat:Database</c>.</summary>
public enum DatabaseKind
{
    /// <summary>A file in the data directory; nothing to install.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server.</summary>
    Postgres,
}
