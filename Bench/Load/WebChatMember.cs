using System.Globalization;
using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Bench.Load;

/// <summary>A user of WebChat in one room.</summary>
internal sealed class WebChatMember : IMember
{
    private readonly WebChatServer _server;
    private readonly ChatTransport _transport;
    private Credentials _user;
    private ChatClient _client;
    private Task _hearing;
    private long _lastMessage;

    public WebChatMember(WebChatServer server, ChatTransport transport, Credentials user, ChatClient client, Room room)
    {
        (_server, _transport, _user, _client) = (server, transport, user, client);
        (Room, MemberId) = (room.RoomId, room.Members.Single(member => member.You).MemberId);
        _hearing = HearAsync();
    }

    public string Room { get; }

    /// <summary>The member's id in the room.</summary>
    public string MemberId { get; }

    /// <summary>The server's web address at present.</summary>
    public Uri Server => _server.Web;

    public string AccessToken => _user.AccessToken;

    public Action<string> Heard { private get; set; } = _ => { };

    public Task<Answer> SendAsync(string text) => SendAsync(text, Interlocked.Increment(ref _lastMessage).ToString(CultureInfo.InvariantCulture));

    /// <summary>Sends a message under a client id: the same again, if it may have been lost.</summary>
    public async Task<Answer> SendAsync(string text, string clientId)
    {
        var answer = await _client.RequestAsync(new() { Send = new() { RoomId = Room, ClientId = clientId, Text = text } });
        return answer.Ack is { } ack ? new(ack.Seq) : new(0, answer.Error.Code, TimeSpan.FromMilliseconds(answer.Error.RetryAfterMs));
    }

    /// <summary>Breaks the connection.</summary>
    public ValueTask CutAsync() => _client.DisposeAsync();

    /// <summary>Breaks the connection and resumes the session on a new one. May be repeated if it fails.</summary>
    /// <exception cref="InvalidDataException">The server has refused the client, or has forgotten the session.</exception>
    public async Task ReconnectAsync()
    {
        var last = _client;
        await last.DisposeAsync();
        await _hearing;
        if (_user.AccessExpiresAt.ToDateTime() < DateTime.UtcNow.AddMinutes(1))
            _user = await _server.Api.RefreshAsync(_user.RefreshToken);
        var next = await _server.ConnectAsync(_transport);
        try
        {
            if (!(await next.HelloAsync(_user.AccessToken, last.SessionId, last.Cursors)).Resumed)
                throw new InvalidDataException("The session was not resumed.");
        }
        catch
        {
            await next.DisposeAsync();
            throw;
        }

        _client = next;
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
                if (frame.Event?.MessagePosted is { } message && message.MemberId != MemberId)
                    Heard(message.Text);
            }
        }
        catch (ConnectionLostException)
        {
            // Expected at a reconnect. Otherwise the next message that is sent fails with it.
        }
    }
}
