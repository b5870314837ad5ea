using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Google.Protobuf;
using WebChat.V1;

namespace WebChat.Clients;

/// <summary>
/// A connection of one client session. It keeps the cursors for a resume, and breaks if the server breaks the contract:
/// events out of order, twice or with a gap, or an answer to no frame.
/// </summary>
public sealed class ChatClient : IAsyncDisposable
{
    private readonly IFrameTransport _transport;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<ServerFrame>> _unanswered = new();
    private readonly Channel<ServerFrame> _frames = Channel.CreateUnbounded<ServerFrame>(new() { SingleWriter = true });
    private readonly Dictionary<string, long> _cursors = [];
    private readonly Task _receiving;
    private long _lastId;

    private ChatClient(IFrameTransport transport)
    {
        _transport = transport;
        _receiving = ReceiveAsync();
    }

    /// <summary>The session's id; empty before <see cref="HelloAsync"/>.</summary>
    public string SessionId { get; private set; } = "";

    /// <summary>By room id, the seq of the last event received. Read it once the connection is over.</summary>
    public IReadOnlyDictionary<string, long> Cursors => _cursors;

    /// <summary>The frames that answer nothing, in order, without a bound. Completes with the <see cref="ConnectionLostException"/> that ends the connection.</summary>
    public ChannelReader<ServerFrame> Frames => _frames.Reader;

    /// <summary>Opens a connection.</summary>
    /// <param name="server">The server's web address, or its gRPC address for <see cref="ChatTransport.Grpc"/>.</param>
    /// <param name="transport">How frames travel.</param>
    /// <param name="cancellationToken">Cancels the connecting, and nothing after it.</param>
    public static async Task<ChatClient> ConnectAsync(Uri server, ChatTransport transport, CancellationToken cancellationToken = default) =>
        new(transport == ChatTransport.Grpc
            ? await GrpcTransport.ConnectAsync(server, cancellationToken)
            : await WebSocketTransport.ConnectAsync(server, transport == ChatTransport.Json, cancellationToken));

    /// <summary>Begins a session or, with the id and cursors of an earlier one, resumes it.</summary>
    /// <exception cref="ConnectionLostException">The server closed the connection instead.</exception>
    /// <exception cref="InvalidDataException">The server answered with an error.</exception>
    public async Task<Welcome> HelloAsync(string accessToken, string sessionId = "", IReadOnlyDictionary<string, long>? cursors = null)
    {
        var hello = new Hello { AccessToken = accessToken, SessionId = sessionId };
        foreach (var (room, seq) in cursors ?? new Dictionary<string, long>())
        {
            hello.Cursors[room] = seq;
            _cursors[room] = seq;
        }

        var answer = await RequestAsync(new() { Hello = hello });
        var welcome = answer.Welcome ?? throw new InvalidDataException($"hello was answered by {answer}");
        SessionId = welcome.SessionId;
        return welcome;
    }

    /// <summary>Sends a frame under a new id and returns its answer.</summary>
    /// <exception cref="ConnectionLostException">The connection ended before the answer came.</exception>
    public async Task<ServerFrame> RequestAsync(ClientFrame frame)
    {
        frame.Id = Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
        var answer = new TaskCompletionSource<ServerFrame>(TaskCreationOptions.RunContinuationsAsynchronously);
        _unanswered[frame.Id] = answer;
        await SendAsync(frame);

        // The end of receiving fails what is unanswered then; this request may have come after it.
        if (_receiving.IsCompleted)
            answer.TrySetException(new ConnectionLostException(_transport.CloseCode));
        return await answer.Task;
    }

    /// <summary>Sends a frame that is not answered, such as <c>typing</c> or <c>received</c>.</summary>
    /// <exception cref="ConnectionLostException">The connection is over.</exception>
    public async Task SendAsync(ClientFrame frame)
    {
        await _sending.WaitAsync();
        try
        {
            await _transport.SendAsync(frame);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Returns the next of <see cref="Frames"/> that matches, and drops those before it.</summary>
    /// <exception cref="ConnectionLostException">The connection ended before such a frame came.</exception>
    public async Task<ServerFrame> NextAsync(Func<ServerFrame, bool> matches)
    {
        try
        {
            while (true)
            {
                var frame = await _frames.Reader.ReadAsync();
                if (matches(frame))
                    return frame;
            }
        }
        catch (ChannelClosedException ex) when (ex.InnerException is not null)
        {
            throw ex.InnerException;
        }
    }

    /// <summary>Waits until the connection is over and returns the server's close code, or null if it broke without one.</summary>
    public async Task<int?> ClosedAsync()
    {
        await _receiving;
        return _transport.CloseCode;
    }

    /// <summary>Breaks the connection without a close frame. The session waits for a resume.</summary>
    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        await _receiving;
        _sending.Dispose();
    }

    private async Task ReceiveAsync()
    {
        Exception end;
        try
        {
            while (await _transport.ReceiveAsync() is { } frame)
                Take(frame);
            end = new ConnectionLostException(_transport.CloseCode);
        }
        catch (ConnectionLostException ex)
        {
            end = ex;
        }
        catch (Exception ex) when (ex is InvalidDataException or InvalidProtocolBufferException or InvalidJsonException)
        {
            end = ex;
            await _transport.DisposeAsync();
        }

        _frames.Writer.Complete(end);
        foreach (var answer in _unanswered.Values)
            answer.TrySetException(end);
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
                    throw new InvalidDataException($"Event {frame.Event.Seq} of room {frame.Event.RoomId} came where {due} was due.");
                _cursors[frame.Event.RoomId] = due;
                break;
        }

        if (frame.ReplyTo.Length == 0)
            _frames.Writer.TryWrite(frame);
        else if (_unanswered.TryRemove(frame.ReplyTo, out var answer))
            answer.SetResult(frame);
        else
            throw new InvalidDataException($"A second answer, or one to no frame: {frame}");
    }

    private void Enter(Room room) => _cursors.TryAdd(room.RoomId, room.LastSeq);
}
