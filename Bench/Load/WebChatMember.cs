using System.Globalization;
using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Bench.Load;

/// <summary>A user of WebChat in one room.</summary>
internal sealed class WebChatMember : IMember
{
    private readonly WebChatServer _server;
    private readonly ChatTransport _transport;
    private readonly string _memberId;
    private Credentials _user;
    private ChatClient _client;
    private Task _hearing;
    private long _lastMessage;

    public WebChatMember(WebChatServer server, ChatTransport transport, Credentials user, ChatClient client, Room room)
    {
        (_server, _transport, _user, _client) = (server, transport, user, client);
        (Room, _memberId) = (room.RoomId, room.Members.Single(member => member.You).MemberId);
        _hearing = HearAsync();
    }

    public string Room { get; }

    public Action<string> Heard { private get; set; } = _ => { };

    public async Task<Answer> SendAsync(string text)
    {
        var id = Interlocked.Increment(ref _lastMessage).ToString(CultureInfo.InvariantCulture);
        var answer = await _client.RequestAsync(new() { Send = new() { RoomId = Room, ClientId = id, Text = text } });
        return answer.Ack is { } ack ? new(ack.Seq) : new(0, answer.Error.Code, TimeSpan.FromMilliseconds(answer.Error.RetryAfterMs));
    }

    /// <summary>Breaks the connection and resumes the session on a new one.</summary>
    public async Task ReconnectAsync()
    {
        var last = _client;
        await last.DisposeAsync();
        await _hearing;
        if (_user.AccessExpiresAt.ToDateTime() < DateTime.UtcNow.AddMinutes(1))
            _user = await _server.Api.RefreshAsync(_user.RefreshToken);
        _client = await _server.ConnectAsync(_transport);
        var welcome = await _client.HelloAsync(_user.AccessToken, last.SessionId, last.Cursors);
        if (!welcome.Resumed)
            throw new InvalidDataException("The session was not resumed.");
        _hearing = HearAsync();
    }

    /// <summary>Returns all messages of the room, oldest first.</summary>
    public Task<IReadOnlyList<Message>> GetMessagesAsync() => _server.Api.GetMessagesAsync(_user.AccessToken, Room);

    private async Task HearAsync()
    {
        try
        {
            await foreach (var frame in _client.Frames.ReadAllAsync())
            {
                if (frame.Event?.MessagePosted is { } message && message.MemberId != _memberId)
                    Heard(message.Text);
            }
        }
        catch (ConnectionLostException)
        {
            // Expected at a reconnect. Otherwise the next message that is sent fails with it.
        }
    }
}
