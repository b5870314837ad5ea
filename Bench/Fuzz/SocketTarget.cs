using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Google.Protobuf;
using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Bench.Fuzz;

/// <summary>Frames over WebSocket, in both encodings; and broken WebSockets.</summary>
internal sealed class SocketTarget(Uri web) : ITarget
{
    private const string LastId = "last";

    // Those of RFC 6455 for broken frames, and those of the contract except 1011.
    private static readonly int[] CloseCodes = [1000, 1002, 1007, 1009, 4400, 4401, 4403, 4408, 4409, 4429];
    private static readonly byte[] Bye = [0x88, 0x82, 0, 0, 0, 0, 1000 >> 8, 1000 & 0xff];
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default);

    public string Name => "ws";

    public async Task<Outcome> TryAsync(Cast cast, Random random)
    {
        var isJson = random.Next(2) == 0;
        List<byte[]> frames =
        [
            .. random.Next(8) == 0 ? [] : new[] { Encode(Hello(cast, random), isJson) },
            .. Enumerable.Range(0, random.Next(1, 10)).Select(_ => Frame(cast, random, isJson)),
            Encode(new() { Id = LastId, Ping = new() }, isJson),
        ];
        return random.Next(8) == 0 ? await BreakAsync(frames, random, isJson) : await TalkAsync(frames, random, isJson);
    }

    private static ClientFrame Hello(Cast cast, Random random) => new() { Id = "hello", Hello = new() { AccessToken = Mutate.Pick(cast.Tokens, random) } };

    private static byte[] Encode(ClientFrame frame, bool isJson) => isJson ? Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(frame)) : frame.ToByteArray();

    private static byte[] Frame(Cast cast, Random random, bool isJson)
    {
        var frame = Encode((ClientFrame)cast.Vocabulary.Fill(ClientFrame.Descriptor, random, isJson), isJson);
        return random.Next(6) switch
        {
            0 => Mutate.Bytes(frame, random),
            1 or 2 => isJson ? Encoding.UTF8.GetBytes(Mutate.Json(Encoding.UTF8.GetString(frame), random)) : Mutate.Message(frame, random),
            _ => frame,
        };
    }

    private async Task<Outcome> TalkAsync(List<byte[]> frames, Random random, bool isJson)
    {
        var input = $"{(isJson ? "json" : "binary")}: {string.Join(" | ", frames.Select(frame => Outcome.Show(frame)))}";
        var isText = random.Next(30) == 0 ? !isJson : isJson;
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(isJson ? "webchat.v1.json" : "webchat.v1.proto");
        using var limit = new CancellationTokenSource(Outcome.Patience);
        try
        {
            await socket.ConnectAsync(new UriBuilder(web) { Scheme = "ws", Path = "/ws" }.Uri, limit.Token);
            var sending = SendAsync();
            var (answer, fault) = await ReceiveAsync(socket, isJson, limit.Token);
            await sending;
            return new(input, answer, fault);
        }
        catch (WebSocketException ex)
        {
            return new(input, "1006", ex.GetBaseException().Message);
        }
        catch (Exception ex) when (ex is InvalidProtocolBufferException or InvalidJsonException)
        {
            return new(input, "unreadable", ex.Message);
        }
        catch (OperationCanceledException)
        {
            return new(input, "", "no answer");
        }

        async Task SendAsync()
        {
            try
            {
                foreach (var frame in frames)
                    await socket.SendAsync(frame, isText ? WebSocketMessageType.Text : WebSocketMessageType.Binary, endOfMessage: true, limit.Token);
            }
            catch (WebSocketException)
            {
                // Closed meanwhile: what is received says why.
            }
        }
    }

    // Reads up to the answer to the last frame, or up to the close frame.
    private static async Task<(string Answer, string? Fault)> ReceiveAsync(ClientWebSocket socket, bool isJson, CancellationToken cancellationToken)
    {
        var (message, part) = (new MemoryStream(), new byte[16_384]);
        while (true)
        {
            var received = await socket.ReceiveAsync(part, cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
                return Closed((int?)socket.CloseStatus);
            message.Write(part, 0, received.Count);
            if (!received.EndOfMessage)
                continue;
            var frame = isJson ? Parser.Parse<ServerFrame>(Encoding.UTF8.GetString(message.ToArray())) : ServerFrame.Parser.ParseFrom(message.ToArray());
            message.SetLength(0);
            if (frame.Error is { Code: "internal" or "unavailable" or "deadline_exceeded" } error)
                return (error.Code, frame.ToString());
            if (frame.ReplyTo == LastId)
                return (frame.BodyCase.ToString(), null);
        }
    }

    private static (string Answer, string? Fault) Closed(int? code) =>
        ($"{code}", code is { } known && CloseCodes.Contains(known) ? null : $"closed with {code?.ToString(CultureInfo.InvariantCulture) ?? "no code"}");

    /// <summary>Sends frames whose heads, masks and lengths are mutated.</summary>
    private async Task<Outcome> BreakAsync(List<byte[]> frames, Random random, bool isJson)
    {
        byte[] shake = Encoding.ASCII.GetBytes($"GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: webchat.v1.{(isJson ? "json" : "proto")}\r\n\r\n");
        byte[] broken = [.. frames.SelectMany(frame => Masked(frame, random, isJson)), .. Bye];
        if (random.Next(4) == 0)
            broken = Mutate.Bytes(broken, random);
        var input = Outcome.Show([.. shake, .. broken]);
        using var client = new TcpClient();
        await client.ConnectAsync(web.Host, web.Port);
        using var limit = new CancellationTokenSource(10 * Outcome.Glance);
        var received = new MemoryStream();
        try
        {
            await client.GetStream().WriteAsync(shake, limit.Token);
            await client.GetStream().WriteAsync(broken, limit.Token);
            await client.GetStream().CopyToAsync(received, limit.Token);
        }
        catch (OperationCanceledException)
        {
            // The server waits for the rest of a frame.
            return new(input, "broken: open");
        }
        catch (IOException)
        {
            // The connection is reset, as by bytes behind the close frame.
        }

        var code = CloseCodeOf(received.ToArray());
        var (answer, fault) = Closed(code);
        return new(input, $"broken: {answer}", fault);
    }

    // In one frame of every ten, something is not as RFC 6455 has it.
    private static byte[] Masked(byte[] payload, Random random, bool isJson)
    {
        var first = (byte)(0x80 | (isJson ? 1 : 2));
        byte[] length = payload.Length switch
        {
            < 126 => [(byte)(0x80 | payload.Length)],
            <= ushort.MaxValue => [0xfe, (byte)(payload.Length >> 8), (byte)payload.Length],
            _ => [0xff, 0, 0, 0, 0, (byte)(payload.Length >> 24), (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length],
        };
        switch (random.Next(20))
        {
            case 0:
                first = (byte)random.Next(256);
                break;
            case 1:
                length = Mutate.Bytes(length, random);
                break;
        }

        return [first, .. length, 0, 0, 0, 0, .. payload];
    }

    // The code in the last frame that the server has sent, if that is a close frame.
    private static int? CloseCodeOf(byte[] answer)
    {
        var at = answer.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        for (var next = at; at >= 4 && at + 4 <= answer.Length; at = next)
        {
            var (head, length) = (2, (int)answer[at + 1]);
            if (length == 126)
                (head, length) = (4, BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(at + 2)));
            if (answer[at] == 0x88)
                return length < 2 ? 1005 : BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(at + head));
            next = at + head + length;
        }

        return null;
    }
}
