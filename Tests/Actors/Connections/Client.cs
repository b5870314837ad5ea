using System.Collections.Concurrent;
using Akka.Actor;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using WebChat.V1;

namespace WebChat.Tests.Actors.Connections;

/// <summary>A client as an edge sees it after its hello: frames in, a queue out; without an edge.</summary>
public sealed class Client
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly PasswordHash Password = new("hash");

    // The first login of each user that was made here.
    private static readonly ConcurrentDictionary<UserId, Identity> Logins = [];
    private static int Users;

    private readonly OutboundQueue _queue = new();
    private int _frames;

    /// <summary>The session's actor, once the client is welcome.</summary>
    public IActorRef Session { get; private set; } = ActorRefs.Nobody;

    /// <summary>Why the server closed, once <see cref="ReadToEnd"/> has ended.</summary>
    public CloseCode? Closed => _queue.Closed;

    /// <summary>Opens a new transport and says hello.</summary>
    /// <param name="connections">The supervisor of sessions.</param>
    /// <param name="login">The login.</param>
    /// <param name="session">The session to resume; empty for a new one.</param>
    /// <param name="cursors">By room, the last seq that the client has seen.</param>
    /// <param name="expiresAt">When the access token expires; by default it does not.</param>
    public static (Client Client, Task<bool> IsWelcome) Open(
        IActorRef connections, Identity login, string session = "", IReadOnlyDictionary<string, long>? cursors = null, DateTimeOffset? expiresAt = null)
    {
        var client = new Client();
        return (client, client.Greet(connections, new(
            client._queue, login, expiresAt ?? DateTimeOffset.UtcNow + TimeSpan.FromDays(20), "0", SessionId.TryParse(session, out var resumed) ? resumed : null, cursors ?? new Dictionary<string, long>())));
    }

    /// <summary>A new transport that is welcome.</summary>
    public static async Task<(Client Client, Welcome Welcome)> Hello(
        ActorHost host, UserId user, string session = "", IReadOnlyDictionary<string, long>? cursors = null, Identity? login = null, DateTimeOffset? expiresAt = null)
    {
        var (client, isWelcome) = Open(host.Region<ConnectionsActor>(), login ?? Logins[user], session, cursors, expiresAt);
        var welcome = (await client.Read(frame => frame.Welcome is not null)).Welcome;
        Assert.True(await isWelcome);
        return (client, welcome);
    }

    /// <summary>The first login of a user.</summary>
    public static Identity LoginOf(UserId user) => Logins[user];

    /// <summary>A further login of a user.</summary>
    public static async Task<Identity> LogIn(ActorHost host, UserId user)
    {
        var again = await host.Region<AccountRegion>().Ask<AccountReplies.LoggedIn>(new AccountCommands.LogIn(Logins[user].Username, Password), Patience);
        return Logins[user] with { Family = again.Token.Family };
    }

    /// <summary>Ends a login.</summary>
    public static Task LogOut(ActorHost host, Identity login) =>
        host.Region<AccountRegion>().Ask<Done>(new AccountCommands.Revoke(login.Username, login, login.Family), Patience);

    /// <summary>A user whose profile may search.</summary>
    public static async Task<UserId> NewUser(ActorHost host, string nickname)
    {
        var name = new Username($"user_{Interlocked.Increment(ref Users)}");
        var made = await host.Region<AccountRegion>().Ask<AccountReplies.LoggedIn>(new AccountCommands.SignUp(name, Password, nickname), Patience);
        Logins[made.User] = new(made.User, made.Token.Family, name);
        var users = host.Region<UserRegion>();
        await users.Ask<UserReplies.ProfileIs>(new UserCommands.Create(made.User, nickname), Patience);
        await users.Ask<UserReplies.ProfileIs>(
            new UserCommands.UpdateProfile(made.User, new() { BirthDate = "1950-01-02", Gender = Profile.Types.Gender.Other }, ["birth_date", "gender"]), Patience);
        return made.User;
    }

    /// <summary>Lets two clients that fit search, one after the other, until they are in a room.</summary>
    public static async Task<Room> Match(Client first, Client second, Mode mode = Mode.Chat)
    {
        Assert.Equal(SearchState.Types.State.Waiting, (await first.Ask(new() { Search = new() { Mode = mode } })).Search.State);
        second.Say(new() { Search = new() { Mode = mode } });
        var room = (await first.Read(frame => frame.Match is not null)).Match.Room;
        Assert.Equal(room.RoomId, (await second.Read(frame => frame.Match is not null)).Match.Room.RoomId);
        return room;
    }

    /// <summary>Sends a frame, under a new id; gives the id.</summary>
    public string Say(ClientFrame frame)
    {
        frame.Id = $"{++_frames}";
        Session.Tell(new ConnectionCommands.Received(_queue, frame));
        return frame.Id;
    }

    /// <summary>Sends a frame and reads on until its answer.</summary>
    public Task<ServerFrame> Ask(ClientFrame frame)
    {
        var id = Say(frame);
        return Read(answer => answer.ReplyTo == id);
    }

    /// <summary>Presents a fresh access token and reads on until the answer; without an identity it is an invalid one.</summary>
    public Task<ServerFrame> Renew(Identity? identity, DateTimeOffset expiresAt)
    {
        var id = $"{++_frames}";
        Session.Tell(new ConnectionCommands.Renew(_queue, new() { Id = id, Renew = new() }, identity, expiresAt));
        return Read(answer => answer.ReplyTo == id);
    }

    /// <summary>Sends a message to the session as one of its transport.</summary>
    public void Tell(Func<OutboundQueue, ConnectionCommands.FromTransport> message) => Session.Tell(message(_queue));

    /// <summary>Reads on until a frame that is meant; those before it are dropped.</summary>
    public async Task<ServerFrame> Read(Func<ServerFrame, bool> meant)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await _queue.WaitToReadAsync(patience.Token))
        {
            while (_queue.TryRead(out var frame))
            {
                if (meant(frame.Frame))
                    return frame.Frame;
            }
        }

        throw new InvalidOperationException($"The transport closed with {_queue.Closed}.");
    }

    /// <summary>Reads on to an event.</summary>
    public async Task<RoomEvent> ReadEvent() => (await Read(frame => frame.Event is not null)).Event;

    /// <summary>Reads all frames until the transport is closed.</summary>
    public async Task<List<ServerFrame>> ReadToEnd()
    {
        using var patience = new CancellationTokenSource(Patience);
        var frames = new List<ServerFrame>();
        while (await _queue.WaitToReadAsync(patience.Token))
        {
            while (_queue.TryRead(out var frame))
                frames.Add(frame.Frame);
        }

        return frames;
    }

    /// <summary>The transport breaks.</summary>
    public void Break() => _queue.Abandon();

    private async Task<bool> Greet(IActorRef connections, ConnectionCommands.Open open)
    {
        if (await connections.Ask<object>(open, Patience) is not ConnectionReplies.Welcomed welcomed)
            return false;
        Session = welcomed.Session;
        return true;
    }
}
