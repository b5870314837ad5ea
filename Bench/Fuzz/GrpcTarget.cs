using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace WebChat.Bench.Fuzz;

/// <summary>Calls of gRPC whose messages, prefixes and headers are made by hand; and bytes that are no HTTP/2 at all.</summary>
internal sealed class GrpcTarget(Uri grpc) : ITarget, IDisposable
{
    private const string SetAvatar = "SetAvatar";

    // INTERNAL, UNKNOWN, DATA_LOSS, and UNAVAILABLE outside of the conditions that have it.
    private static readonly string[] FaultyStatuses = ["13", "2", "15", "14"];
    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    private static readonly (string Name, string Value)[] Headers =
    [
        ("grpc-timeout", "1n"), ("grpc-timeout", "-1S"), ("grpc-timeout", "99999999H"), ("grpc-timeout", "x"), ("grpc-timeout", "0m"), ("grpc-encoding", "gzip"), ("grpc-encoding", "x"), ("grpc-accept-encoding", ",,"), ("x-bin", "%%%"), ("authorization", "Bearer"),
        ("authorization", "x"), ("user-agent", new('x', 5_000)), ("traceparent", "00-x"), ("x", new('x', 30_000)),
    ];

    private readonly HttpClient _http = new() { Timeout = Outcome.Patience };

    public string Name => "grpc";

    public void Dispose() => _http.Dispose();

    public async Task<Outcome> TryAsync(Cast cast, Random random)
    {
        if (random.Next(20) == 0)
            return await SendRawAsync(random);
        var method = random.Next(4) == 0 ? Contract.Methods.Single(method => method.IsClientStreaming) : Mutate.Pick(Contract.Methods, random);
        var path = $"/{method.Service.FullName}/{method.Name}";
        var body = Body(cast, method, random);
        var contentType = "application/grpc";
        var headers = new List<(string Name, string Value)> { ("te", "trailers"), ("authorization", $"Bearer {Mutate.Pick(cast.Tokens, random)}") };
        switch (random.Next(15))
        {
            case 0:
                headers.Add(Mutate.Pick(Headers, random));
                break;
            case 1:
                contentType = random.Next(3) switch { 0 => "application/grpc+json", 1 => "application/grpc-web", _ => "text/plain" };
                break;
            case 2:
                path = $"/{Uri.EscapeDataString(Mutate.Text(path[1..], random)).Replace("%2F", "/", StringComparison.Ordinal)}";
                break;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(grpc.GetLeftPart(UriPartial.Authority) + path)) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var input = $"{path} {contentType} {string.Join(' ', headers.Select(header => $"{header.Name}: {Outcome.Show(System.Text.Encoding.Latin1.GetBytes(header.Value))}"))} {Outcome.Show(body)}";
        try
        {
            using var response = await _http.SendAsync(request);
            var trailers = response.TrailingHeaders.Concat(response.Headers).ToLookup(header => header.Key, header => string.Join(',', header.Value));
            var status = trailers["grpc-status"].FirstOrDefault() ?? ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            var isFaulty = response.StatusCode == HttpStatusCode.OK ? FaultyStatuses.Contains(status) && !(status == "14" && method.Name == SetAvatar) : (int)response.StatusCode >= 500;
            var fault = isFaulty
                ? string.Join(", ", trailers.Select(trailer => $"{trailer.Key}: {string.Join(',', trailer)}"))
                : null;
            return new(input, status, fault);
        }
        catch (HttpRequestException ex)
        {
            // Headers that are over the limit end the stream without an answer, as do calls whose deadline has passed.
            return new(input, ex.HttpRequestError.ToString(), headers.Count > 2 ? null : ex.ToString());
        }
        catch (TaskCanceledException)
        {
            return new(input, "", "no answer");
        }
    }

    private static byte[] Body(Cast cast, MethodDescriptor method, Random random)
    {
        var messages = Enumerable.Range(0, method.IsClientStreaming ? random.Next(1, 8) : 1)
            .Select(i => Message(cast, method.InputType, random, isFirst: method.IsClientStreaming && i == 0)).ToList();
        if (random.Next(15) == 0)
            messages.Add(messages[0]);
        var body = messages.SelectMany(message => Prefixed(message, random)).ToArray();
        return random.Next(15) switch { 0 => Mutate.Bytes(body, random), 1 => [], _ => body };
    }

    private static byte[] Message(Cast cast, MessageDescriptor type, Random random, bool isFirst)
    {
        // Most streams begin as they should, and go wrong later.
        if (isFirst && random.Next(5) > 0)
            return new V1.ClientFrame { Hello = new() { AccessToken = Mutate.Pick(cast.Tokens, random) } }.ToByteArray();
        var message = cast.Vocabulary.Fill(type, random, isJson: false).ToByteArray();
        return random.Next(4) switch { 0 => Mutate.Message(message, random), 1 => Mutate.Bytes(message, random), _ => message };
    }

    private static byte[] Prefixed(byte[] message, Random random)
    {
        var prefix = new byte[5];
        BinaryPrimitives.WriteInt32BigEndian(prefix.AsSpan(1), message.Length);
        return [.. random.Next(25) == 0 ? Mutate.Bytes(prefix, random) : prefix, .. message];
    }

    // What it is answered with is between the server and HTTP/2: only its log is judged.
    private async Task<Outcome> SendRawAsync(Random random)
    {
        var frames = new byte[random.Next(200)];
        random.NextBytes(frames);
        byte[] bytes = random.Next(3) switch { 0 => frames, 1 => Mutate.Bytes(Preface, random), _ => [.. Preface, 0, 0, 0, 4, 0, 0, 0, 0, 0, .. frames] };
        var answer = await HttpTarget.SendAsync(grpc, bytes, Outcome.Glance);
        return new(Outcome.Show(bytes), answer.Length > 0 ? "raw: bytes" : "raw: nothing");
    }
}
