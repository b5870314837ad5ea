using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Tests.Edge.Telemetry;

/// <summary>A matched pair: one member on a WebSocket, the other on a gRPC stream.</summary>
internal sealed class Talk : IAsyncDisposable
{
    private Talk(Credentials ann, ChatClient annClient, ChatClient bobClient, string roomId) => (Ann, AnnClient, BobClient, RoomId) = (ann, annClient, bobClient, roomId);

    public Credentials Ann { get; }

    public ChatClient AnnClient { get; }

    public ChatClient BobClient { get; }

    public string RoomId { get; }

    public static async Task<Talk> Begin(Uri web, Uri grpc)
    {
        using var api = new ChatApi(web);
        var ann = await api.SignUpAsync("Ann", Profile.Types.Gender.Female, Profile.Types.Gender.Male);
        var bob = await api.SignUpAsync("Bob", Profile.Types.Gender.Male, Profile.Types.Gender.Female);
        var (annClient, bobClient) = (await ChatClient.ConnectAsync(web, ChatTransport.Json), await ChatClient.ConnectAsync(grpc, ChatTransport.Grpc));
        await annClient.HelloAsync(ann.AccessToken);
        await bobClient.HelloAsync(bob.AccessToken);
        await annClient.RequestAsync(new() { Search = new() { Mode = Mode.Chat } });
        await bobClient.RequestAsync(new() { Search = new() { Mode = Mode.Chat } });
        await annClient.NextAsync(frame => frame.Match is not null);
        var room = (await bobClient.NextAsync(frame => frame.Match is not null)).Match.Room.RoomId;
        return new(ann, annClient, bobClient, room);
    }

    /// <summary>Ann sends a message, and Bob receives it.</summary>
    public async Task Say(string text)
    {
        var answer = await AnnClient.RequestAsync(new() { Send = new() { RoomId = RoomId, ClientId = Guid.NewGuid().ToString("N"), Text = text } });
        Assert.NotNull(answer.Ack);
        await BobClient.NextAsync(frame => frame.Event?.MessagePosted?.Text == text);
    }

    public async ValueTask DisposeAsync()
    {
        await AnnClient.DisposeAsync();
        await BobClient.DisposeAsync();
    }
}
