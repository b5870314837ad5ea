using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors.Accounts;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using WebChat.V1;

namespace WebChat.Tests.Actors.Connections;

/// <summary>A client as an edge sees it: frames in, a queue out; without an edge.</summary>
public sealed class Client
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly OutboundQueue _queue = new();
    private int _frames;

    private Client(ActorHost host)
    {
        var number = host.Services.GetRequiredService<SocketTable>().Add(_queue);
        Socket = host.Region<SocketSupervisor>().Ask<SocketReplies.Accepted>(new SocketCommands.Accept(number), Patience).Result.Socket;
    }

    /// <summary>The actor of the transport.</summary>
    public IActorRef Socket { get; }

    /// <summary>Why the server closed, once <see cref="ReadToEnd"/> has ended.</summary>
    public CloseCode? Closed => _queue.Closed;

    /// <summary>A new transport that has said nothing yet.</summary>
    public static Client Connect(ActorHost host) => new(host);

    /// <summary>A new transport that is welcome.</summary>
    public static async Task<(Client Client, Welcome Welcome)> Hello(
        ActorHost host, UserId user, string session = "", IReadOnlyDictionary<string, long>? cursors = null, FamilyId? family = null)
    {
        var client = new Client(host);
        client.Say(HelloFrame(user, session, cursors, family));
        return (client, (await client.Read(frame => frame.Welcome is not null)).Welcome);
    }

    /// <summary>A user whose profile may search.</summary>
    public static async Task<UserId> NewUser(ActorHost host, string nickname)
    {
        var user = UserId.New(DateTimeOffset.UnixEpoch);
        var users = host.Region<UserRegion>();
        await users.Ask<UserReplies.ProfileIs>(new UserCommands.Create(user, nickname), Patience);
        await users.Ask<UserReplies.ProfileIs>(
            new UserCommands.UpdateProfile(user, new() { BirthDate = "1950-01-02", Gender = Profile.Types.Gender.Other }, ["birth_date", "gender"]), Patience);
        return user;
    }

    /// <summary>Has two search who fit, one after the other, until they are in a room.</summary>
    public static async Task<Room> Match(Client first, Client second, Mode mode = Mode.Chat)
    {
        Assert.Equal(SearchState.Types.State.Waiting, (await first.Ask(new() { Search = new() { Mode = mode } })).Search.State);
        second.Say(new() { Search = new() { Mode = mode } });
        var room = (await first.Read(frame => frame.Match is not null)).Match.Room;
        Assert.Equal(room.RoomId, (await second.Read(frame => frame.Match is not null)).Match.Room.RoomId);
        return room;
    }

    /// <summary>A hello of a user.</summary>
    public static ClientFrame HelloFrame(UserId user, string session = "", IReadOnlyDictionary<string, long>? cursors = null, FamilyId? family = null)
    {
        var hello = new Hello { AccessToken = $"{user} {family ?? new FamilyId("family")}", SessionId = session };
        foreach (var (room, seq) in cursors ?? new Dictionary<string, long>())
            hello.Cursors.Add(room, seq);
        return new() { Hello = hello };
    }

    /// <summary>Sends a frame, under a new id; gives the id.</summary>
    public string Say(ClientFrame frame)
    {
        frame.Id = $"{++_frames}";
        Socket.Tell(new SocketCommands.Received(frame));
        return frame.Id;
    }

    /// <summary>Sends a frame and reads on until its answer.</summary>
    public Task<ServerFrame> Ask(ClientFrame frame)
    {
        var id = Say(frame);
        return Read(answer => answer.ReplyTo == id);
    }

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

        throw new InvalidOperationException($"The socket closed with {_queue.Closed}.");
    }

    /// <summary>Reads on to an event.</summary>
    public async Task<RoomEvent> ReadEvent() => (await Read(frame => frame.Event is not null)).Event;

    /// <summary>Reads all frames until the socket is closed.</summary>
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
    public void Break() => Socket.Tell(SocketCommands.Lost.Instance);
}
