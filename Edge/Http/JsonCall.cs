using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Edge.Auth;
using WebChat.Edge.Errors;
using WebChat.Edge.Limits;

namespace WebChat.Edge.Http;

/// <summary>One request to the JSON interface: its parts, read in the canonical protobuf JSON mapping.</summary>
public sealed class JsonCall(HttpContext context)
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Set once the client has gone.</summary>
    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>Where the request comes from.</summary>
    public IPAddress? Address => context.Connection.RemoteIpAddress;

    /// <summary>What the client says of itself.</summary>
    public string? Client => context.Request.Headers.UserAgent;

    /// <summary>Who asks.</summary>
    public Identity Identity => context.User.ToIdentity() ?? throw new InvalidOperationException("The endpoint does not ask for authentication.");

    /// <summary>A part of the path.</summary>
    public string Route(string name) => (string)context.Request.RouteValues[name]!;

    /// <summary>A text of the query, under the field's name or its JSON name; null if it is not there.</summary>
    public string? Query(string field)
    {
        var query = context.Request.Query;
        return query.TryGetValue(JsonName(field), out var value) || query.TryGetValue(field, out value) ? value.ToString() : null;
    }

    /// <summary>A yes or no of the query; no if it is not there.</summary>
    public bool QueryBool(string field) => Query(field) is { } text
        && (bool.TryParse(text, out var yes) ? yes : throw RejectedException.Invalid(field, "must be true or false"));

    /// <summary>A number of the query; 0 if it is not there.</summary>
    public int QueryInt32(string field) => Query(field) is not { } text ? 0
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw RejectedException.Invalid(field, "must be a number");

    /// <summary>A number of the query; 0 if it is not there.</summary>
    public long QueryInt64(string field) => Query(field) is not { } text ? 0
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw RejectedException.Invalid(field, "must be a number");

    /// <summary>The body as a message. No body is an empty message; fields that this server does not know are passed over, as in gRPC.</summary>
    public async Task<T> Body<T>()
        where T : IMessage, new()
    {
        var text = await ReadText();
        return text.Length == 0 ? new T() : Parse<T>(text);
    }

    /// <summary>The body as a message, with the names of the fields that it speaks of, be it to empty them.</summary>
    public async Task<(T Message, IReadOnlyList<string> Fields)> BodyWithFields<T>()
        where T : IMessage, new()
    {
        var text = await ReadText();
        if (text.Length == 0)
            return (new T(), []);
        var message = Parse<T>(text);
        using var document = JsonDocument.Parse(text);
        return (message, [.. document.RootElement.EnumerateObject().Select(property => property.Name).Distinct()]);
    }

    /// <summary>Answers with a message.</summary>
    public async Task Answer(IMessage message)
    {
        var bytes = Encoding.UTF8.GetBytes(Formatter.Format(message));
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(bytes, Aborted);
    }

    private static T Parse<T>(string text)
        where T : IMessage, new()
    {
        try
        {
            return Parser.Parse<T>(text);
        }
        catch (Exception unreadable) when (unreadable is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw Unreadable();
        }
    }

    private static RejectedException Unreadable() => new(new(ErrorCode.InvalidArgument, "The body could not be read as the JSON of this request."));

    private static string JsonName(string field) =>
        string.Concat(field.Split('_').Select((word, index) => index == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    private async Task<string> ReadText()
    {
        using var body = new MemoryStream();
        var buffer = new byte[4_096];
        int length;
        while ((length = await context.Request.Body.ReadAsync(buffer, Aborted)) > 0)
        {
            if (body.Length + length > SizeLimits.Request)
                throw new RejectedException(new(ErrorCode.TooLarge, $"The body must not be larger than {SizeLimits.Request} bytes."));
            body.Write(buffer, 0, length);
        }
        try
        {
            return StrictUtf8.GetString(body.GetBuffer(), 0, (int)body.Length);
        }
        catch (DecoderFallbackException)
        {
            throw Unreadable();
        }
    }
}
