namespace WebChat.Tests.Databases;

/// <summary>A new, empty database for a test.</summary>
public abstract class Database : IAsyncDisposable
{
    /// <summary>The provider's connection string.</summary>
    public abstract string ConnectionString { get; }

    /// <summary>How long a connection waits for a lock.</summary>
    public int TimeoutSeconds { get; init; } = 10;

    /// <summary>The settings of a server that uses it.</summary>
    public (string Key, string? Value)[] Settings => [("WebChat:Database", this is SqliteDatabase ? "sqlite" : "postgres"), ("WebChat:ConnectionString", ConnectionString)];

    public static async Task<Database> Create(DatabaseKind kind, int timeoutSeconds = 10) => kind switch
    {
        DatabaseKind.Sqlite => new SqliteDatabase { TimeoutSeconds = timeoutSeconds },
        DatabaseKind.Postgres => await PostgresDatabase.Create(await PostgresServer.Shared, timeoutSeconds),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Runs statements without a result.</summary>
    public abstract Task Execute(string sql);

    /// <summary>The rows of a query, each with its columns joined by <c>|</c>; null is empty.</summary>
    public abstract Task<List<string>> Query(string sql);

    /// <summary>Locks the journal against writes of other connections until it is disposed.</summary>
    public abstract Task<IAsyncDisposable> KeepFromWriting();

    public abstract ValueTask DisposeAsync();
}
