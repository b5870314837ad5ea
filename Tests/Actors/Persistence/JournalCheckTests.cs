using Akka.Actor;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Persistence;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;

namespace WebChat.Tests.Actors.Persistence;

public sealed class JournalCheckTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Person _ann = new(UserId.New(DateTimeOffset.UnixEpoch), "Ann");
    private readonly Person _bob = new(UserId.New(DateTimeOffset.UnixEpoch), "Bob");
    private readonly RoomId _room = RoomId.New(DateTimeOffset.UnixEpoch);

    private string Room => PersistenceIds.Room(_room);

    [Fact]
    public async Task A_journal_has_no_fault_even_if_keys_are_destroyed_and_first_events_deleted()
    {
        Assert.Empty(await Faults("SELECT 1"));
        Assert.Empty(await Faults("UPDATE person_key SET secret = zeroblob(32); DELETE FROM journal WHERE sequence_number = 1"));
    }

    [Fact]
    public async Task A_gap_is_found() =>
        Assert.Equal([$"{Room}: events 3 to 4 are missing."], await Faults("DELETE FROM journal WHERE sequence_number IN (3, 4)"));

    [Fact]
    public async Task An_unknown_manifest_is_found() =>
        Assert.Equal(
            [$"{Room}: event 3: The journal holds 'room.whispered.1', which this version does not know."],
            await Faults("UPDATE journal SET manifest = 'room.whispered.1' WHERE sequence_number = 3"));

    [Fact]
    public async Task Unreadable_records_are_found_in_journal_and_snapshots()
    {
        var faults = await Faults("UPDATE journal SET message = X'FF' WHERE sequence_number = 3; INSERT INTO snapshot VALUES ('room-x', 7, 0, X'FF', 'room.snapshot.1', 101)");

        Assert.Equal([$"{Room}: event 3: A journal row is not a readable 'room.message-posted.1'.", "room-x: snapshot 7: A journal row is not a readable 'room.snapshot.1'."], faults);
    }

    [Fact]
    public async Task A_damaged_ciphertext_is_found() =>
        Assert.StartsWith(
            $"{Room}: event 3: the personal fields cannot be decrypted: ",
            Assert.Single(await Faults("UPDATE journal SET message = substr(message, 1, length(message) - 1) || CASE substr(message, -1) WHEN X'00' THEN X'01' ELSE X'00' END WHERE sequence_number = 3")));

    [Fact]
    public async Task A_missing_key_is_found()
    {
        var faults = await Faults($"DELETE FROM person_key WHERE user_id = '{_bob.UserId}'");

        Assert.Equal($"{Room}: event 2: the key 2 is missing.", Assert.Single(faults));
    }

    /// <summary>The faults of a journal with a pair and three messages of Ann, after a change of the database.</summary>
    private async Task<List<string>> Faults(string change)
    {
        using var folder = new Folder();
        using (var host = ActorHost.StartIn(folder.Path))
        {
            var rooms = host.Region<RoomRegion>();
            await rooms.Ask<RoomReplies.RoomIs>(new RoomCommands.OpenPair(_room, _ann, _bob), Patience);
            for (var i = 3; i <= 5; i++)
                await rooms.Ask<RoomReplies.Posted>(new RoomCommands.Send(_room, _ann.UserId, new($"{i}"), new($"text {i}"), ""), Patience);
        }

        using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "webchat.db")};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = change;
            command.ExecuteNonQuery();
        }

        using var again = ActorHost.StartIn(folder.Path);
        var rows = 0;
        var faults = new List<string>();
        await foreach (var fault in again.Services.GetRequiredService<JournalCheck>().Faults(() => rows++, CancellationToken.None))
            faults.Add(fault);
        Assert.Equal(await again.Services.GetRequiredService<JournalRows>().CountAsync(CancellationToken.None), rows);
        return faults;
    }
}
