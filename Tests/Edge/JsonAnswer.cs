using System.Net;
using Google.Protobuf;
using WebChat.Edge.Errors;
using RpcStatus = Google.Rpc.Status;

namespace WebChat.Tests.Edge;

/// <summary>An answer of the JSON API.</summary>
public sealed record JsonAnswer(HttpStatusCode Status, HttpResponseMessage Response, string Text)
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithTypeRegistry(RpcErrors.DetailTypes));

    /// <summary>The error's code; null if the answer is not an error.</summary>
    public string? Code => Error?.Code();

    /// <summary>The invalid field; null if the answer names none.</summary>
    public string? Field => Error?.Field();

    /// <summary>The body of an error; null for any other answer.</summary>
    public RpcStatus? Error =>
        (int)Status >= 400 && Response.Content.Headers.ContentType?.MediaType == "application/json" ? Parser.Parse<RpcStatus>(Text) : null;

    public static async Task<JsonAnswer> Read(HttpResponseMessage response) => new(response.StatusCode, response, await response.Content.ReadAsStringAsync());

    /// <summary>The answer as a message.</summary>
    public T As<T>()
        where T : IMessage, new()
    {
        Assert.True(Status == HttpStatusCode.OK, Text);
        return JsonParser.Default.Parse<T>(Text);
    }

    /// <summary>Fails unless the answer is this error, as a <c>google.rpc.Status</c>.</summary>
    public void IsError(int status, string code, string? field = null)
    {
        Assert.Equal((status, code, field), ((int)Status, Code, Field));
        Assert.NotEmpty(Error!.Message);
        Assert.True(Response.Headers.CacheControl?.NoStore);
    }
}
