namespace WebChat.Tests.Databases;

/// <summary>A database of a test's own, empty at first.</summary>
public abstract class Database : IAsyncDisposable
{
    /// <summary>As the provider reads it.</summary>
    public abstract string ConnectionString { get; }

    /// <summary>How long a lock is waited for.</summary>
    public int TimeoutSeconds { get; init; } = 10;

    /// <summary>The settings that put a server's journal into it.</summary>
    public (string Key, string? Value)[] Settings => [("WebChat:Database", this is SqliteDatabase ? "sqlite" : "postgres"), ("WebChat:ConnectionString", ConnectionString)];

    public static async Task<Database> Create(DatabaseKind kind, int timeoutSeconds = 10) => kind switch
    {
        DatabaseKind.Sqlite => new SqliteDatabase { TimeoutSeconds = timeoutSeconds },
        DatabaseKind.Postgres => await PostgresDatabase.Create(await PostgresServer.Shared, timeoutSeconds),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Runs statements that answer nothing.</summary>
    public abstract Task Execute(string sql);

    /// <summary>The rows of a query, each as its columns' texts joined by <c>|</c>; null is empty.</summary>
    public abstract Task<List<string>> Query(string sql);

    /// <summary>Takes a lock that keeps other connections from writing to the journal. Disposing gives it back.</summary>
    public abstract Task<IAsyncDisposable> KeepFromWriting();

    public abstract ValueTask DisposeAsync();
}
