using System.Text;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Tests.Databases;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Actors.Persistence.Faults;

/// <summary>The database is locked, damaged, read-only or gone.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class DatabaseFaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Person _ann = new(new("a0000000000000000000000000000000"), "Ann");
    private readonly Person _bob = new(new("b0000000000000000000000000000000"), "Bob");

    [Theory, OnSqlite, OnPostgres]
    public async Task A_lock_delays_writes_and_lets_entities_recover(DatabaseKind kind)
    {
        await using var database = await Database.Create(kind, timeoutSeconds: 30);
        var host = ActorHost.Start(settings: database.Settings);
        var (room, other) = (await Open(host), await Open(host));
        using var again = host.Restart();
        await Send(again, room, "1");
        Task<Reply> sent;

        await using (await database.KeepFromWriting())
        {
            sent = Send(again, room, "2");
            Assert.IsType<RoomReplies.RoomIs>(await again.Region<RoomRegion>().Ask<Reply>(new RoomQueries.GetRoom(other, _ann.UserId), Patience));
            Assert.False(sent.IsCompleted);
        }

        Assert.IsType<RoomReplies.Posted>(await sent);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_lasting_lock_makes_writes_unavailable_until_it_is_released(DatabaseKind kind)
    {
        await using var database = await Database.Create(kind, timeoutSeconds: 1);
        using var host = ActorHost.Start(virtualTime: false, database.Settings);
        var room = await Open(host);

        await using (await database.KeepFromWriting())
        {
            // The second message is in the entity's mailbox, or buffered by its region, when the entity stops.
            var refused = await Task.WhenAll(Send(host, room, "1"), Send(host, room, "2"));
            Assert.All(refused, reply => Assert.Equal(ErrorCode.Unavailable, Assert.IsType<Rejection>(reply).Code));
        }

        await Insist(host, room, "1");
        await Insist(host, room, "2");
        Assert.Equal(["text 1", "text 2"], await TextsOf(host, room));
    }

    [Fact]
    public async Task A_damaged_page_fails_only_the_rooms_with_events_in_it()
    {
        await using var database = new SqliteDatabase();
        var host = ActorHost.Start(virtualTime: false, database.Settings);
        var rooms = new List<RoomId>();
        for (var i = 0; i < 5; i++)
        {
            rooms.Add(await Open(host));
            for (var message = 1; message <= 10; message++)
                await Send(host, rooms[^1], $"{message}", new string('-', 400));
        }

        host.Stop();
        var hurt = rooms[2];
        Damage(database.File, hurt);
        using var again = host.Restart();

        foreach (var room in rooms.Except([hurt]))
            Assert.IsType<RoomReplies.Posted>(await Send(again, room, "goes on"));

        // The circuit breaker counts the failures of all entities together. These must not close the journal to the others.
        for (var i = 0; i < 15; i++)
            Assert.Equal(ErrorCode.Unavailable, Assert.IsType<Rejection>(await Ask(again, new RoomQueries.GetRoom(hurt, _ann.UserId))).Code);
        foreach (var room in rooms.Except([hurt]))
            Assert.IsType<RoomReplies.Posted>(await Send(again, room, "and on"));
        Assert.Equal([("rooms", hurt.Value)], again.Services.GetRequiredService<FailingEntities>().Now.Select(entity => (entity.Region, entity.Entity)));

        static void Damage(string file, RoomId room)
        {
            // A page in the middle of the room's rows. The index, which contains the id as well, has pages of its own.
            const int PageSize = 1024;
            var bytes = File.ReadAllBytes(file);
            var id = Encoding.ASCII.GetBytes($"room-{room}");
            var page = Enumerable.Range(1, (bytes.Length / PageSize) - 1).Where(IsRow).ElementAt(4);
            bytes.AsSpan(page * PageSize, PageSize).Fill(0xA5);
            File.WriteAllBytes(file, bytes);

            // SQLite marks a leaf page of a table with 13.
            bool IsRow(int page) => bytes[page * PageSize] == 13 && bytes.AsSpan(page * PageSize, PageSize).IndexOf(id) >= 0;
        }
    }

    [Fact]
    public async Task A_read_only_database_recovers_rooms_and_makes_writes_unavailable()
    {
        await using var database = new SqliteDatabase();
        var host = ActorHost.Start(virtualTime: false, database.Settings);
        var room = await Open(host);
        await Send(host, room, "1");
        using var readOnly = host.Restart(settings: [("WebChat:ConnectionString", $"{database.ConnectionString};Mode=ReadOnly"), ("WebChat:MigrateOnStart", "false")]);

        Assert.IsType<RoomReplies.RoomIs>(await Ask(readOnly, new RoomQueries.GetRoom(room, _ann.UserId)));
        Assert.Equal(ErrorCode.Unavailable, Assert.IsType<Rejection>(await Send(readOnly, room, "2")).Code);
        Assert.Equal(["text 1"], await TextsOf(readOnly, room));
    }

    [PostgresFact]
    public async Task A_database_server_that_restarts_between_writes_costs_at_most_a_retry()
    {
        await using var server = await PostgresServer.Create();
        await using var database = await PostgresDatabase.Create(server);
        using var host = ActorHost.Start(virtualTime: false, database.Settings);
        var room = await Open(host);
        await Send(host, room, "1");

        await server.CrashAndRestart();

        await Insist(host, room, "2");
        Assert.Equal(["text 1", "text 2"], await Try(() => TextsOf(host, room)));

        // The edge answers such a failure with unavailable.
        static async Task<T> Try<T>(Func<Task<T>> read)
        {
            while (true)
            {
                try
                {
                    return await read();
                }
                catch (NpgsqlException ex) when (ex.IsTransient)
                {
                    Assert.IsType<IOException>(ex.InnerException);
                }
            }
        }
    }

    [PostgresFact]
    public async Task A_database_server_that_crashes_under_load_loses_doubles_and_reorders_no_acknowledged_message()
    {
        await using var server = await PostgresServer.Create();
        await using var database = await PostgresDatabase.Create(server);
        using var host = ActorHost.Start(virtualTime: false, database.Settings);
        using var stop = new CancellationTokenSource();
        var acknowledged = new int[Talk.Lanes];
        var goal = 0;
        var reached = new TaskCompletionSource();
        var talk = Task.WhenAll(Enumerable.Range(0, Talk.Lanes).Select(lane => Talk.Send(host.Region<RoomRegion>(), lane, 0, message => Told(lane, message), () => { }, stop.Token)));

        // Every lane continues after each crash.
        for (var crash = 1; crash <= 2; crash++)
        {
            await EveryLaneSends(10);
            await server.CrashAndRestart();
        }

        await EveryLaneSends(10);
        await stop.CancelAsync();
        await talk;
        Assert.Empty(await TalkCheck.FaultsIn(host, acknowledged));

        Task EveryLaneSends(int more)
        {
            lock (acknowledged)
            {
                goal = acknowledged.Max() + more;
                reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
                return Task.WhenAny(reached.Task, talk).Unwrap().WaitAsync(Patience);
            }
        }

        void Told(int lane, int message)
        {
            lock (acknowledged)
            {
                acknowledged[lane] = message;
                if (acknowledged.All(last => last >= goal))
                    reached.TrySetResult();
            }
        }
    }

    private async Task<RoomId> Open(ActorHost host)
    {
        var room = RoomId.New(DateTimeOffset.UnixEpoch);
        Assert.IsType<RoomReplies.RoomIs>(await Ask(host, new RoomCommands.OpenPair(room, _ann, _bob)));
        return room;
    }

    private Task<Reply> Send(ActorHost host, RoomId room, string clientId, string? text = null) =>
        Ask(host, new RoomCommands.Send(room, _ann.UserId, new(clientId), new(text ?? $"text {clientId}"), ""));

    /// <summary>Sends again, as a client would, as long as the answer is unavailable.</summary>
    private async Task Insist(ActorHost host, RoomId room, string clientId)
    {
        while (await Send(host, room, clientId) is Rejection rejection)
        {
            Assert.Equal(ErrorCode.Unavailable, rejection.Code);
            await Task.Delay(rejection.RetryAfter ?? TimeSpan.FromMilliseconds(200));
        }
    }

    private static Task<Reply> Ask(ActorHost host, RoomRequest request) => host.Region<RoomRegion>().Ask<Reply>(request, Patience);

    private static async Task<IEnumerable<string>> TextsOf(ActorHost host, RoomId room)
    {
        var page = await host.Services.GetRequiredService<WebChat.Actors.Persistence.RoomHistory>().ListMessages(room, long.MaxValue, 50, new MemberId("unknown"), CancellationToken.None);
        return page.Messages.Reverse().Select(message => message.Text);
    }
}
