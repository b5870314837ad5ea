using Akka.Actor;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Persistence;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;

namespace WebChat.Tests.Actors.Persistence;

public sealed class SqliteLogTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_stopped_server_leaves_no_log_beside_the_database()
    {
        var directory = Directory.CreateTempSubdirectory("webchat-log-");
        using (var host = ActorHost.StartIn(directory.FullName))
        {
            await Open(host);
            Assert.InRange(host.Services.GetRequiredService<SqliteLog>().Length, 1, long.MaxValue);
        }

        Assert.DoesNotContain(directory.GetFiles("*-wal"), log => log.Length > 0);
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_log_that_grew_because_of_readers_is_emptied_under_load()
    {
        using var host = ActorHost.Start();
        var database = host.Services.GetRequiredService<JournalDatabase>();
        var log = host.Services.GetRequiredService<SqliteLog>();
        var time = new FakeTimeProvider();
        using var upkeep = new SqliteLogUpkeep(log, time, NullLogger<SqliteLogUpkeep>.Instance);
        await upkeep.StartAsync(CancellationToken.None);

        // A reader of an old state keeps SQLite from restarting the log.
        using (var reader = database.Readers.OpenConnection())
        using (reader.BeginTransaction())
        {
            Execute(reader, "SELECT count(*) FROM journal");
            using var writer = new SqliteConnection(database.ConnectionString);
            writer.Open();
            Execute(writer, "CREATE TABLE filler (content BLOB)");
            while (log.Length <= SqliteLogUpkeep.Limit)
                Execute(writer, "INSERT INTO filler VALUES (zeroblob(4000000))");
        }

        using var stop = new CancellationTokenSource();
        var load = Load(host, stop.Token);
        while (log.Length > SqliteLogUpkeep.Limit)
        {
            Assert.False(load.IsFaulted, $"{load.Exception}");
            time.Advance(SqliteLogUpkeep.Interval);
            await Open(host);
        }

        await stop.CancelAsync();
        await load;
        await upkeep.StopAsync(CancellationToken.None);
    }

    private static async Task Load(ActorHost host, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            await Open(host);
    }

    private static async Task Open(ActorHost host)
    {
        var (ann, bob) = (new Person(UserId.New(DateTimeOffset.UnixEpoch), "Ann"), new Person(UserId.New(DateTimeOffset.UnixEpoch), "Bob"));
        await host.Region<RoomRegion>().Ask<Reply>(new RoomCommands.OpenPair(RoomId.New(DateTimeOffset.UnixEpoch), ann, bob), Patience);
    }

    private static void Execute(System.Data.Common.DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
