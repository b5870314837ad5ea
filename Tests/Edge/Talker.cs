using System.Collections.Concurrent;
using System.Globalization;
using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Tests.Edge;

/// <summary>
/// A member of a pair that writes as fast as answers come, and keeps account: what was sent, what of it was acknowledged,
/// and every event received, whichever connection it came by.
/// </summary>
internal sealed class Talker : IAsyncDisposable
{
    // Several at once, so that a crash finds messages at every stage of their way.
    private const int Lanes = 3;

    private readonly ChatTransport _transport;
    private readonly ConcurrentDictionary<string, Ack> _acknowledged = new();
    private readonly ConcurrentDictionary<string, bool> _unacknowledged = new();
    private readonly List<RoomEvent> _events = [];
    private readonly string _name;
    private ChatClient _client;
    private int _lastMessage;

    private Talker(Credentials user, string name, ChatTransport transport, ChatClient client)
    {
        User = user;
        _name = name;
        _transport = transport;
        _client = client;
    }

    public Credentials User { get; }

    /// <summary>The room, once matched.</summary>
    public string RoomId { get; private set; } = "";

    /// <summary>Where the room stood when it was entered.</summary>
    public long EnteredAt { get; private set; }

    /// <summary>By client id, what was acknowledged.</summary>
    public IReadOnlyDictionary<string, Ack> Acknowledged => _acknowledged;

    /// <summary>Whether the server said that it goes away.</summary>
    public bool WasToldToGo { get; private set; }

    /// <summary>Client ids of what was sent and never answered.</summary>
    public ICollection<string> Unacknowledged => _unacknowledged.Keys;

    /// <summary>Every event received, in the order of arrival.</summary>
    public IReadOnlyList<RoomEvent> Events => _events;

    /// <summary>Connects a new user.</summary>
    public static async Task<Talker> ConnectAsync(EdgeProcess edge, ChatApi api, string name, ChatTransport transport)
    {
        var user = await api.SignUpAsync(name, Profile.Types.Gender.Other);
        var client = await edge.ConnectAsync(transport);
        await client.HelloAsync(user.AccessToken);
        return new Talker(user, name, transport, client);
    }

    /// <summary>Searches until matched.</summary>
    public async Task SearchAsync()
    {
        var answer = await _client.RequestAsync(new ClientFrame { Search = new Search { Mode = Mode.Chat } });
        if (answer.Search is null && answer.Error?.Code != "failed_precondition")
            throw new InvalidDataException($"The search was answered by {answer}");
        Enter((await _client.NextAsync(frame => frame.Match is not null)).Match.Room);
    }

    /// <summary>Writes until the connection ends.</summary>
    /// <param name="acknowledged">Told of every acknowledgement.</param>
    public Task TalkAsync(Action acknowledged)
    {
        return Task.WhenAll([UntilLostAsync(() => ListenAsync(() => false)), .. Enumerable.Range(0, Lanes).Select(_ => UntilLostAsync(WriteAsync))]);

        async Task WriteAsync()
        {
            while (true)
            {
                await SendAsync(string.Create(CultureInfo.InvariantCulture, $"{_name}-{Interlocked.Increment(ref _lastMessage)}"));
                acknowledged();
            }
        }
    }

    /// <summary>Comes back on a new socket, in the same session, with the cursors of the last one.</summary>
    public async Task<Welcome> ResumeAsync(EdgeProcess edge)
    {
        await _client.DisposeAsync();
        var next = await edge.ConnectAsync(_transport);
        var welcome = await next.HelloAsync(User.AccessToken, _client.SessionId, _client.Cursors);
        _client = next;
        return welcome;
    }

    /// <summary>Sends messages, each until it is acknowledged, and resumes the session elsewhere when the connection is lost.</summary>
    /// <param name="messages">The number of messages.</param>
    /// <param name="refuge">The Edge to resume on.</param>
    /// <param name="acknowledged">Called after every acknowledgement.</param>
    public async Task InsistOnAsync(int messages, EdgeProcess refuge, Action acknowledged)
    {
        for (var i = 1; i <= messages; i++)
        {
            while (!await TryInsistAsync(string.Create(CultureInfo.InvariantCulture, $"{_name}-{i}")))
            {
                await UntilLostAsync(() => ListenAsync(() => false));
                await ResumeAsync(refuge);
            }

            acknowledged();
        }
    }

    private async Task<bool> TryInsistAsync(string id)
    {
        try
        {
            await InsistAsync(id);
            return true;
        }
        catch (ConnectionLostException)
        {
            return false;
        }
    }

    /// <summary>The rooms of a welcome are the talker's: if it is in one, the search is over.</summary>
    public bool EnterFrom(Welcome welcome)
    {
        if (welcome.Rooms is not [var room])
            return false;
        Enter(room);
        return true;
    }

    /// <summary>Says something, and says it again, as a client should, for as long as it is told to; gives the errors that it was told.</summary>
    public async Task<List<Error>> InsistAsync(string id)
    {
        var told = new List<Error>();
        _unacknowledged[id] = true;
        while ((await RequestAsync(id)).Error is { } error)
        {
            told.Add(error);
            await Task.Delay(TimeSpan.FromMilliseconds(error.RetryAfterMs));
        }

        return told;
    }

    /// <summary>Sends again, under its old client id, what was never acknowledged.</summary>
    public Task SendAgainAsync() => Task.WhenAll(Unacknowledged.Select(SendAsync));

    /// <summary>Says a last word, and listens until the last words of as many as there are have come.</summary>
    public async Task FinishAsync(string word, int talkers)
    {
        await SendAsync($"{_name}-{word}");
        await ListenAsync(() => _events.Count(e => e.MessagePosted?.Text.EndsWith(word, StringComparison.Ordinal) == true) == talkers);
    }

    /// <summary>Waits until the connection is over, and gives the close code, if there was one.</summary>
    public Task<int?> ClosedAsync() => _client.ClosedAsync();

    /// <summary>Everybody was acknowledged whatever they sent, and each message is with each of its room once, at the place that was told, live and in the history.</summary>
    public static async Task CheckAsync(ChatApi api, IReadOnlyList<Talker> talkers)
    {
        foreach (var pair in talkers.GroupBy(talker => talker.RoomId).Select(pair => pair.ToList()))
        {
            Assert.Equal(2, pair.Count);
            var acknowledged = pair.SelectMany(talker => talker.Acknowledged).ToDictionary();
            Assert.All(pair, talker => Assert.Empty(talker.Unacknowledged));

            foreach (var talker in pair)
            {
                Assert.Equal(Enumerable.Range(1, talker.Events.Count).Select(i => talker.EnteredAt + i), talker.Events.Select(e => e.Seq));
                CheckMessages(acknowledged, talker.Events.Where(e => e.MessagePosted is not null).Select(e => (e.MessagePosted.Text, e.Seq, e.MessagePosted.MessageId)));
                CheckMessages(acknowledged, (await api.GetMessagesAsync(talker.User.AccessToken, talker.RoomId)).Select(m => (m.Text, m.Seq, m.MessageId)));
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _client.DisposeAsync();

    // Every message says its own client id, so that each that was sent is found by what the partner can see.
    private static void CheckMessages(Dictionary<string, Ack> acknowledged, IEnumerable<(string Text, long Seq, string MessageId)> found) =>
        Assert.Equal(
            acknowledged.Select(ack => (Text: ack.Key, ack.Value.Seq, ack.Value.MessageId)).OrderBy(message => message.Seq),
            found);

    private static async Task UntilLostAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (ConnectionLostException)
        {
            // Expected: what was on its way stays unacknowledged, the rest comes after a resume.
        }
    }

    private void Enter(Room room)
    {
        RoomId = room.RoomId;
        EnteredAt = room.LastSeq;
    }

    private async Task SendAsync(string id)
    {
        _unacknowledged[id] = true;
        if ((await RequestAsync(id)).Error is { } error)
            throw new InvalidDataException($"Message {id} was answered by {error}");
    }

    private async Task<ServerFrame> RequestAsync(string id)
    {
        var answer = await _client.RequestAsync(new ClientFrame { Send = new Send { RoomId = RoomId, ClientId = id, Text = id } });
        if (answer.Ack is { } ack)
        {
            _acknowledged[id] = ack;
            _unacknowledged.TryRemove(id, out _);
        }

        return answer;
    }

    private async Task ListenAsync(Func<bool> enough)
    {
        while (!enough())
        {
            var frame = await _client.NextAsync(frame => frame.Event is not null || frame.GoAway is not null);
            WasToldToGo |= frame.GoAway is not null;
            if (frame.Event is not null)
                _events.Add(frame.Event);
        }
    }
}
