using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Akka.Persistence.Sql.Storage;

/// <summary>
/// One connection with its prepared statements, driven through SQLite's own interface: a statement of
/// Microsoft.Data.Sqlite costs more in boxing and lookups than the row it writes. Used by one thread at a time.
/// </summary>
internal sealed class SqliteConnectionHandle : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, sqlite3_stmt> _statements = [];

    /// <summary>Opens the database; a lock that another process holds is waited for as long as the connection string's Default Timeout says.</summary>
    public SqliteConnectionHandle(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { Pooling = false };
        _connection = new SqliteConnection(builder.ConnectionString);
        _connection.Open();
        Handle = _connection.Handle!;
        _ = raw.sqlite3_busy_timeout(Handle, builder.DefaultTimeout * 1000);
    }

    public sqlite3 Handle { get; }

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    public long LastRowId => raw.sqlite3_last_insert_rowid(Handle);

    /// <summary>The prepared form of a statement, reset and ready to be bound; the connection keeps it.</summary>
    public sqlite3_stmt Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v3(Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
            _statements.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>Runs a prepared statement to its end and makes it ready for the next time.</summary>
    public void Run(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        var reset = raw.sqlite3_reset(statement);
        if (result is not raw.SQLITE_DONE and not raw.SQLITE_ROW)
        {
            Check(reset == raw.SQLITE_OK ? result : reset);
        }
    }

    /// <summary>Prepares, runs and keeps a statement without parameters.</summary>
    public void Run(string sql) => Run(Prepare(sql));

    /// <summary>Runs statements once, without keeping them.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(Handle, sql));

    /// <summary>Moves to the next row; false, and the statement made ready again, at the end.</summary>
    public bool Step(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        if (result == raw.SQLITE_ROW)
        {
            return true;
        }

        var reset = raw.sqlite3_reset(statement);
        Check(result == raw.SQLITE_DONE ? raw.SQLITE_OK : reset);
        return false;
    }

    public void Bind(sqlite3_stmt statement, int index, long value) => Check(raw.sqlite3_bind_int64(statement, index, value));

    public void Bind(sqlite3_stmt statement, int index, ReadOnlySpan<byte> utf8) => Check(raw.sqlite3_bind_text(statement, index, utf8));

    public void Bind(sqlite3_stmt statement, int index, string? text)
    {
        if (text is null)
        {
            Check(raw.sqlite3_bind_null(statement, index));
            return;
        }

        Span<byte> small = stackalloc byte[256];
        if (Encoding.UTF8.TryGetBytes(text, small, out var length))
        {
            Bind(statement, index, small[..length]);
        }
        else
        {
            Bind(statement, index, Encoding.UTF8.GetBytes(text));
        }
    }

    public void BindNull(sqlite3_stmt statement, int index) => Check(raw.sqlite3_bind_null(statement, index));

    public void BindBlob(sqlite3_stmt statement, int index, ReadOnlySpan<byte> blob) =>
        Check(blob.IsEmpty ? raw.sqlite3_bind_zeroblob(statement, index, 0) : raw.sqlite3_bind_blob(statement, index, blob));

    /// <summary>Ends a transaction that failed, whatever state it was left in.</summary>
    public void Rollback()
    {
        if (InTransaction)
        {
            Run("ROLLBACK");
        }
    }

    public void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw new SqliteException(
                $"SQLite Error {result}: '{raw.sqlite3_errmsg(Handle).utf8_to_string()}'.",
                result & 0xff,
                raw.sqlite3_extended_errcode(Handle));
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
        _connection.Dispose();
    }
}
