using System.Globalization;
using Npgsql;

namespace WebChat.Tests.Databases;

/// <summary>A database on the tests' own PostgreSQL server.</summary>
public sealed class PostgresDatabase : Database
{
    private readonly PostgresServer _server;
    private readonly string _name;

    private PostgresDatabase(PostgresServer server, string name)
    {
        _server = server;
        _name = name;
    }

    public override string ConnectionString => $"{_server.ConnectionStringTo(_name)};Command Timeout={TimeoutSeconds}";

    public static async Task<PostgresDatabase> Create() => await Create(await PostgresServer.Shared);

    public static async Task<PostgresDatabase> Create(PostgresServer server, int timeoutSeconds = 10)
    {
        var name = "test_" + Guid.NewGuid().ToString("N");
        await Execute(server.ConnectionStringTo("postgres"), $"CREATE DATABASE {name}");
        return new PostgresDatabase(server, name) { TimeoutSeconds = timeoutSeconds };
    }

    public override Task Execute(string sql) => Execute(ConnectionString, sql);

    public override async Task<List<string>> Query(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) switch
            {
                bool flag => flag ? "1" : "0",
                var value => Convert.ToString(value, CultureInfo.InvariantCulture),
            })));
        }

        return rows;
    }

    public override Task<IAsyncDisposable> KeepFromWriting() => Hold("BEGIN; LOCK TABLE journal IN SHARE MODE");

    public override async ValueTask DisposeAsync() =>
        await Execute(_server.ConnectionStringTo("postgres"), $"DROP DATABASE {_name} WITH (FORCE)");

    private async Task<IAsyncDisposable> Hold(string sql)
    {
        var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static async Task Execute(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
