namespace WebChat.Tests.Databases;

/// <summary>A database of a test's own, empty until somebody uses it.</summary>
public abstract class Database : IAsyncDisposable
{
    /// <summary>As the provider reads it.</summary>
    public abstract string ConnectionString { get; }

    /// <summary>How long a lock is waited for.</summary>
    public int TimeoutSeconds { get; init; } = 10;

    /// <summary>As Akka.Persistence.Sql names it.</summary>
    public abstract string ProviderName { get; }

    public static async Task<Database> Create(DatabaseKind kind, int timeoutSeconds = 10) => kind switch
    {
        DatabaseKind.Sqlite => new SqliteDatabase { TimeoutSeconds = timeoutSeconds },
        DatabaseKind.Postgres => await PostgresDatabase.Create(await PostgresServer.Shared, timeoutSeconds),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Fills it with what the real package wrote.</summary>
    public abstract Task LoadSample();

    /// <summary>Runs statements that answer nothing.</summary>
    public abstract Task Execute(string sql);

    /// <summary>The rows of a query, each as its columns' texts joined by <c>|</c>; null is empty.</summary>
    public abstract Task<List<string>> Query(string sql);

    /// <summary>Keeps everybody from writing to the journal, until disposed of.</summary>
    public abstract Task<IAsyncDisposable> KeepFromWriting();

    /// <summary>Keeps all who are not connected yet from reading the journal, until disposed of.</summary>
    public abstract Task<IAsyncDisposable> KeepFromReading();

    public abstract ValueTask DisposeAsync();
}
