using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Google.Protobuf;
using WebChat.V1;

namespace WebChat.Tests.Edge;

/// <summary>
/// A client over WebSocket, as the contract describes one. It keeps the cursors, and takes the connection for broken if
/// events come out of order, twice, or with a gap, or if a frame is answered twice.
/// </summary>
public sealed class ChatClient : IAsyncDisposable
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    private readonly ClientWebSocket _socket = new();
    private readonly FrameEncoding _encoding;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<ServerFrame>> _unanswered = new();
    private readonly Channel<ServerFrame> _frames = Channel.CreateUnbounded<ServerFrame>();
    private readonly Dictionary<string, long> _cursors = [];
    private Task _reading = Task.CompletedTask;
    private long _lastId;

    private ChatClient(FrameEncoding encoding) => _encoding = encoding;

    /// <summary>The session, once hello was said.</summary>
    public string SessionId { get; private set; } = "";

    /// <summary>By room, the last seq received. Read it when the connection is over, to resume.</summary>
    public IReadOnlyDictionary<string, long> Cursors => _cursors;

    /// <summary>What came that answers nothing, in order. Ends, with what ended the connection, when that is over.</summary>
    public ChannelReader<ServerFrame> Frames => _frames.Reader;

    /// <summary>What to wait for before the next frame is read: a client that reads slowly.</summary>
    public Task Reading { get; set; } = Task.CompletedTask;

    /// <summary>Opens a socket.</summary>
    public static async Task<ChatClient> ConnectAsync(Uri address, FrameEncoding encoding, CancellationToken cancellation = default)
    {
        var client = new ChatClient(encoding);
        client._socket.Options.AddSubProtocol(encoding == FrameEncoding.Json ? "webchat.v1.json" : "webchat.v1.proto");
        await client._socket.ConnectAsync(address, cancellation);
        client._reading = client.ReadAsync();
        return client;
    }

    /// <summary>Says hello, for a new session or, with its id and cursors, for one that was there before.</summary>
    public async Task<Welcome> HelloAsync(Visitor visitor, string sessionId = "", IReadOnlyDictionary<string, long>? cursors = null)
    {
        var hello = new Hello { AccessToken = visitor.AccessToken, SessionId = sessionId };
        foreach (var (room, seq) in cursors ?? new Dictionary<string, long>())
        {
            hello.Cursors[room] = seq;
            _cursors[room] = seq;
        }

        var answer = await RequestAsync(new ClientFrame { Hello = hello });
        if (answer.Welcome is null)
            throw new InvalidDataException($"No welcome, but {answer}");
        SessionId = answer.Welcome.SessionId;
        return answer.Welcome;
    }

    /// <summary>Sends a frame under a new id and waits for its answer.</summary>
    /// <exception cref="ConnectionLostException">The connection ended before it came.</exception>
    public async Task<ServerFrame> RequestAsync(ClientFrame frame)
    {
        frame.Id = Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
        var answer = new TaskCompletionSource<ServerFrame>(TaskCreationOptions.RunContinuationsAsynchronously);
        _unanswered[frame.Id] = answer;
        try
        {
            await WriteAsync(frame);
        }
        catch (Exception failure) when (failure is WebSocketException or InvalidOperationException or IOException)
        {
            throw new ConnectionLostException(_socket.CloseStatus, failure);
        }

        // The reader fails what is unanswered when it ends; what came to wait after that it did not see.
        if (_reading.IsCompleted)
            answer.TrySetException(new ConnectionLostException(_socket.CloseStatus));
        return await answer.Task;
    }

    /// <summary>Sends a frame that is not answered.</summary>
    public Task SendAsync(ClientFrame frame) => WriteAsync(frame);

    /// <summary>The next frame that answers nothing and that fits; others before it are passed over.</summary>
    /// <exception cref="ConnectionLostException">The connection ended before it came.</exception>
    public async Task<ServerFrame> NextAsync(Func<ServerFrame, bool> fits)
    {
        try
        {
            while (true)
            {
                var frame = await _frames.Reader.ReadAsync();
                if (fits(frame))
                    return frame;
            }
        }
        catch (ChannelClosedException closed)
        {
            throw closed.InnerException ?? closed;
        }
    }

    /// <summary>Waits until the connection is over, and gives the close code if there was one.</summary>
    public async Task<WebSocketCloseStatus?> ClosedAsync()
    {
        await _reading;
        return _socket.CloseStatus;
    }

    /// <summary>Breaks the connection without a word, if it is still there.</summary>
    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _writing.Dispose();
    }

    private async Task WriteAsync(ClientFrame frame)
    {
        var json = _encoding == FrameEncoding.Json;
        var bytes = json ? Encoding.UTF8.GetBytes(Formatter.Format(frame)) : frame.ToByteArray();
        await _writing.WaitAsync();
        try
        {
            await _socket.SendAsync(bytes, json ? WebSocketMessageType.Text : WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReadAsync()
    {
        Exception end;
        try
        {
            while (await ReadFrameAsync() is { } frame)
            {
                Take(frame);
                await Reading;
            }

            end = new ConnectionLostException(_socket.CloseStatus);
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            end = new ConnectionLostException(_socket.CloseStatus, failure);
        }
        catch (InvalidDataException violation)
        {
            end = violation;
            _socket.Abort();
        }

        _frames.Writer.Complete(end);
        foreach (var answer in _unanswered.Values)
            answer.TrySetException(end);
    }

    private async Task<ServerFrame?> ReadFrameAsync()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        while (true)
        {
            var read = await _socket.ReceiveAsync(buffer.GetMemory(512), CancellationToken.None);
            if (read.MessageType == WebSocketMessageType.Close)
                return null;
            buffer.Advance(read.Count);
            if (read.EndOfMessage)
            {
                return read.MessageType == WebSocketMessageType.Text
                    ? Parser.Parse<ServerFrame>(Encoding.UTF8.GetString(buffer.WrittenSpan))
                    : ServerFrame.Parser.ParseFrom(buffer.WrittenSpan);
            }
        }
    }

    private void Take(ServerFrame frame)
    {
        switch (frame.BodyCase)
        {
            case ServerFrame.BodyOneofCase.Welcome:
                foreach (var room in frame.Welcome.Rooms)
                    Enter(room);
                break;
            case ServerFrame.BodyOneofCase.Match:
                Enter(frame.Match.Room);
                break;
            case ServerFrame.BodyOneofCase.Room:
                Enter(frame.Room);
                break;
            case ServerFrame.BodyOneofCase.Event:
                var due = _cursors.GetValueOrDefault(frame.Event.RoomId, -1) + 1;
                if (frame.Event.Seq != due)
                    throw new InvalidDataException($"Event {frame.Event.Seq} of room {frame.Event.RoomId}, where {due} was due.");
                _cursors[frame.Event.RoomId] = due;
                break;
        }

        if (frame.ReplyTo.Length == 0)
            _frames.Writer.TryWrite(frame);
        else if (_unanswered.TryRemove(frame.ReplyTo, out var answer))
            answer.SetResult(frame);
        else
            throw new InvalidDataException($"An answer to nothing, or a second one: {frame}");
    }

    private void Enter(Room room) => _cursors.TryAdd(room.RoomId, room.LastSeq);
}
