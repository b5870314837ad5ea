using System.Globalization;
using Microsoft.Data.Sqlite;

namespace WebChat.Tests.Databases;

/// <summary>A SQLite file in a folder of its own.</summary>
public sealed class SqliteDatabase : Database
{
    private readonly string _folder = Directory.CreateTempSubdirectory("webchat-journal-").FullName;

    public string File => Path.Combine(_folder, "journal.db");

    public override string ConnectionString => $"Data Source={File};Default Timeout={TimeoutSeconds}";

    public override async Task Execute(string sql)
    {
        await using var connection = await Open();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public override async Task<List<string>> Query(string sql)
    {
        await using var connection = await Open();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        }

        return rows;
    }

    public async Task<SqliteConnection> Open()
    {
        var connection = new SqliteConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    public override Task<IAsyncDisposable> KeepFromWriting() => Hold("BEGIN IMMEDIATE");

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<IAsyncDisposable> Hold(string sql)
    {
        var connection = await Open();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
