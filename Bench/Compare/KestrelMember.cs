using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using WebChat.Bench.Load;

namespace WebChat.Bench.Compare;

/// <summary>A client of <c>Baselines/Kestrel</c>.</summary>
internal sealed class KestrelMember : IMember
{
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Answer>> _unanswered = new();
    private long _lastId;

    private KestrelMember(string room) => Room = room;

    public string Room { get; }

    public Action<string> Heard { private get; set; } = _ => { };

    public static async Task<IMember> ConnectAsync(Uri server, string room)
    {
        var member = new KestrelMember(room);
        await member._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/ws", Query = $"room={room}" }.Uri, CancellationToken.None);
        _ = member.ReceiveAsync();
        return member;
    }

    public async Task<Answer> SendAsync(string text)
    {
        var id = Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
        var answer = new TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _unanswered[id] = answer;
        var frame = JsonSerializer.SerializeToUtf8Bytes(new(id, 0, text), KestrelJson.Default.KestrelFrame);
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }

        return await answer.Task;
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                var frame = JsonSerializer.Deserialize(buffer.AsSpan(0, length), KestrelJson.Default.KestrelFrame)!;
                if (frame.Id is null)
                    Heard(frame.Text!);
                else if (_unanswered.TryRemove(frame.Id, out var answer))
                    answer.SetResult(new(frame.Seq));
            }
        }
        catch (Exception ex) when (ex is WebSocketException or OperationCanceledException or JsonException)
        {
            foreach (var answer in _unanswered.Values)
                answer.TrySetException(ex);
        }
    }
}

internal sealed record KestrelFrame(string? Id = null, long Seq = 0, string? Text = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(KestrelFrame))]
internal sealed partial class KestrelJson : JsonSerializerContext;
