using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors.Hosting;
using WebChat.Actors.Options;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Schema;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Actors.Users.Pictures;
using WebChat.Edge.Commands;
using WebChat.Tests.Actors;

namespace WebChat.Tests.Edge.Commands;

public sealed class DatabaseCommandsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("webchat-backup-");
    private readonly StringWriter _output = new();
    private readonly RoomId _room = RoomId.New(DateTimeOffset.UnixEpoch);
    private readonly Person _ann = new(UserId.New(DateTimeOffset.UnixEpoch), "Ann");
    private readonly Person _bob = new(UserId.New(DateTimeOffset.UnixEpoch), "Bob");

    private string Data => Path.Combine(_directory.FullName, "data");

    private string Copy => Path.Combine(_directory.FullName, "copy.db");

    [Fact]
    public async Task A_backup_of_a_running_server_has_all_messages_acknowledged_before_it()
    {
        using (var host = ActorHost.StartIn(Data))
        {
            await Talk(host, from: 1, to: 50);
            await host.Services.GetRequiredService<PictureStore>().Save(_ann.UserId, new([1, 2, 3], [4]), default);
            // The server goes on writing during the backup.
            var talking = Talk(host, from: 51, to: 150);
            Commands().Backup(Copy);
            await talking;
        }

        Commands("elsewhere").Restore(Copy);

        using var restored = ActorHost.StartIn(Path.Combine(_directory.FullName, "elsewhere"));
        var room = await restored.Region<RoomRegion>().Ask<RoomReplies.RoomIs>(new RoomQueries.GetRoom(_room, _ann.UserId), Patience);
        Assert.InRange(room.Room.LastSeq, 52, 152);
        Assert.Equal([1, 2, 3], await restored.Services.GetRequiredService<PictureStore>().ReadImage(_ann.UserId, default));
    }

    [Fact]
    public async Task A_restore_replaces_the_database_and_keeps_the_old_one()
    {
        using (var host = ActorHost.StartIn(Data))
        {
            await Talk(host, from: 1, to: 3);
            Commands().Backup(Copy);
            await Talk(host, from: 4, to: 9);
        }

        Commands().Restore(Copy);

        Assert.Contains("Kept the old database as", _output.ToString());
        using var restored = ActorHost.StartIn(Data);
        var room = await restored.Region<RoomRegion>().Ask<RoomReplies.RoomIs>(new RoomQueries.GetRoom(_room, _ann.UserId), Patience);
        Assert.Equal(5, room.Room.LastSeq);
    }

    [Fact]
    public async Task A_damaged_file_is_not_restored_and_the_database_stays()
    {
        using (var host = ActorHost.StartIn(Data))
            await Talk(host, from: 1, to: 100);
        Commands().Backup(Copy);
        var before = await File.ReadAllBytesAsync(Path.Combine(Data, "webchat.db"));
        var bytes = await File.ReadAllBytesAsync(Copy);
        bytes.AsSpan(4096, bytes.Length - 8192).Fill(0xA5);
        await File.WriteAllBytesAsync(Copy, bytes);

        var refused = Assert.Throws<CommandException>(() => Commands().Restore(Copy));

        Assert.Contains("cannot be restored", refused.Message);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(Data, "webchat.db")));
    }

    [Fact]
    public async Task A_file_with_missing_events_is_not_restored()
    {
        using (var host = ActorHost.StartIn(Data))
            await Talk(host, from: 1, to: 5);
        Commands().Backup(Copy);
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Copy};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"DELETE FROM journal WHERE persistence_id = 'room-{_room}' AND sequence_number = 4";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        Assert.Contains($"events of room-{_room} are missing", Assert.Throws<CommandException>(() => Commands().Restore(Copy)).Message);
    }

    [Fact]
    public async Task A_file_of_a_later_version_is_not_restored()
    {
        using (var host = ActorHost.StartIn(Data))
            await Talk(host, from: 1, to: 1);
        Commands().Backup(Copy);
        var known = JournalSchema.ScriptsOf(DatabaseKind.Sqlite);
        new JournalSchema(new StorageOptions { ConnectionString = $"Data Source={Copy}" }, [.. known, new("9999-later.sql", "SELECT 1")]).Migrate();

        Assert.Contains($"has schema version {known.Count + 1}", Assert.Throws<CommandException>(() => Commands().Restore(Copy)).Message);
    }

    [Fact]
    public void A_file_that_is_not_a_database_is_not_restored()
    {
        File.WriteAllText(Copy, "hello");

        Assert.Throws<CommandException>(() => Commands().Restore(Copy));
        Assert.Throws<CommandException>(() => Commands().Restore(Copy + ".nowhere"));
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task A_database_in_use_is_not_replaced()
    {
        using var host = ActorHost.StartIn(Data);
        await Talk(host, from: 1, to: 1);
        Commands().Backup(Copy);

        Assert.Contains("Stop it first", Assert.Throws<DataDirectoryException>(() => Commands().Restore(Copy)).Message);
    }

    [Theory]
    [InlineData("backup", "pg_dump")]
    [InlineData("restore", "pg_restore")]
    public void On_PostgreSQL_its_own_tools_are_named(string verb, string tool)
    {
        var commands = new DatabaseCommands(
            new StorageOptions { Database = DatabaseKind.Postgres, ConnectionString = "Host=/nowhere" }, _output);

        Action<string> command = verb == "backup" ? commands.Backup : commands.Restore;

        Assert.Contains(tool, Assert.Throws<CommandException>(() => command(Copy)).Message);
    }

    [Fact]
    public async Task A_backup_overwrites_no_file()
    {
        using (var host = ActorHost.StartIn(Data))
            await Talk(host, from: 1, to: 1);
        await File.WriteAllTextAsync(Copy, "precious");

        Assert.Throws<CommandException>(() => Commands().Backup(Copy));
        Assert.Equal("precious", await File.ReadAllTextAsync(Copy));
    }

    [Fact]
    public void Two_servers_do_not_share_a_data_directory()
    {
        using var first = new DataDirectoryLock(Data);

        Assert.Throws<DataDirectoryException>(() => new DataDirectoryLock(Data));
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private DatabaseCommands Commands(string directory = "data") =>
        new(new StorageOptions { DataDirectory = Path.Combine(_directory.FullName, directory) }, _output);

    private async Task Talk(ActorHost host, int from, int to)
    {
        var rooms = host.Region<RoomRegion>();
        await rooms.Ask<RoomReplies.RoomIs>(new RoomCommands.OpenPair(_room, _ann, _bob), Patience);
        for (var i = from; i <= to; i++)
            await rooms.Ask<RoomReplies.Posted>(new RoomCommands.Send(_room, _ann.UserId, new($"{i}"), new($"text {i}"), ""), Patience);
    }
}
