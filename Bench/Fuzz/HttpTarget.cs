using System.Collections;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace WebChat.Bench.Fuzz;

/// <summary>Requests to the JSON API, written byte by byte to a socket.</summary>
internal sealed partial class HttpTarget(Uri web) : ITarget
{
    private const string AvatarPath = "/v1/profile/avatar";

    // Of HTTP itself, to a request in a version or a coding that there is not.
    private static readonly string[] AnswersOfHttp = ["501", "505"];
    private static readonly string[] Verbs = ["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "get", "X", ""];
    private static readonly string[] OtherPaths = ["/", "/ws", "/healthz", "/readyz", "/metrics", "/docs", "/openapi/v1.json", "/js/main.js", "/v1", "/v2/x", "/.git/config", "*", "http://x/v1/profile"];

    public string Name => "http";

    public async Task<Outcome> TryAsync(Cast cast, Random random)
    {
        var (request, isWhole) = Make(cast, random);
        var (input, answer) = (Outcome.Show(request), await SendAsync(web, request, isWhole ? Outcome.Patience : Outcome.Glance));
        var status = StatusLine().Match(answer) is { Success: true } line ? line.Groups[1].Value : "";
        var fault = status switch
        {
            "" when isWhole => answer.Length == 0 ? "no answer" : $"not HTTP: {answer}",
            // Too many uploads at once.
            "503" when input.Contains(AvatarPath, StringComparison.Ordinal) => null,
            ['5', ..] when !AnswersOfHttp.Contains(status) => answer,
            _ => null,
        };
        return new(input, status, fault);
    }

    /// <summary>Sends bytes over a connection of their own and returns the beginning of the answer, or nothing.</summary>
    public static async Task<string> SendAsync(Uri server, byte[] request, TimeSpan patience)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        using var limit = new CancellationTokenSource(patience);
        var answer = new byte[4_096];
        try
        {
            // A server that refuses a request need not read all of it: the answer alone tells.
            _ = client.GetStream().WriteAsync(request, limit.Token);
            var length = await client.GetStream().ReadAsync(answer, limit.Token);
            return Encoding.Latin1.GetString(answer, 0, length);
        }
        catch (Exception ex) when (ex is IOException or OperationCanceledException)
        {
            // The server has closed the connection, or waits for the rest of the request.
            return "";
        }
    }

    [GeneratedRegex(@"^HTTP/1\.1 (\d{3}) ")]
    private static partial Regex StatusLine();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex PathParameter();

    /// <summary>Makes a request, and says whether the server can see where it ends.</summary>
    private static (byte[] Request, bool IsWhole) Make(Cast cast, Random random)
    {
        var (method, verb, template, bodyField) = Mutate.Pick(Contract.Routes, random);
        var message = cast.Vocabulary.Fill(method.InputType, random, isJson: true);
        var path = PathParameter().Replace(template, parameter => Escape($"{method.InputType.FindFieldByName(parameter.Groups[1].Value).Accessor.GetValue(message)}"));
        byte[]? body = null;
        if (bodyField.Length > 0)
            body = Body(bodyField == "*" ? message : method.InputType.FindFieldByName(bodyField).Accessor.GetValue(message) as IMessage);
        if (bodyField != "*")
            path += Query(message, template, bodyField);
        var headers = new List<string> { "Host: x", "Connection: close" };
        if (random.Next(20) > 0)
            headers.Add($"Authorization: Bearer {Mutate.Pick(cast.Tokens, random)}");
        if (body is not null)
            headers.Add("Content-Type: application/json");

        var isWhole = true;
        switch (random.Next(10))
        {
            case < 3 when body is not null:
                body = Encoding.UTF8.GetBytes(Mutate.Json(Encoding.UTF8.GetString(body), random));
                break;
            case 3 when body is not null:
                body = Mutate.Bytes(body, random);
                break;
            case 4:
                path = Escape(Mutate.Text(path, random), keep: "/?&=:%*");
                break;
            case 5:
                path = Mutate.Pick(OtherPaths, random);
                break;
            case 6:
                verb = Mutate.Pick(Verbs, random);
                break;
            case 7:
                headers.Add(Mutate.Pick(Odd.Headers, random));
                isWhole = false;
                break;
        }

        var head = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{verb} {path} HTTP/1.1\r\n"));
        foreach (var header in headers)
            head.Append(header).Append("\r\n");
        if (body is not null)
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        byte[] request = [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. body ?? []];
        return random.Next(10) == 0 ? (Mutate.Bytes(request, random), false) : (request, isWhole);
    }

    private static byte[] Body(IMessage? message) => message switch
    {
        null => [],
        Google.Api.HttpBody picture => picture.Data.ToByteArray(),
        _ => Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(message)),
    };

    private static string Query(IMessage message, string template, string bodyField)
    {
        var parameters =
            from field in message.Descriptor.Fields.InFieldNumberOrder()
            where field.Name != bodyField && !template.Contains($"{{{field.Name}}}", StringComparison.Ordinal) && field.FieldType != FieldType.Message
            from value in field.Accessor.GetValue(message) is IList several ? several.Cast<object>() : [field.Accessor.GetValue(message)]
            select $"{field.JsonName}={Escape(Convert.ToString(value, CultureInfo.InvariantCulture)!)}";
        return string.Join('&', parameters) is { Length: > 0 } query ? $"?{query}" : "";
    }

    // Lone surrogates, which mutations make, have no escape.
    private static string Escape(string text, string keep = "") =>
        string.Concat(text.EnumerateRunes().Select(rune => keep.Contains((char)(rune.Value & 0xffff)) && rune.IsAscii ? $"{rune}" : Uri.EscapeDataString($"{rune}")));
}
