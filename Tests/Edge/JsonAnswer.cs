using System.Net;
using System.Text.Json;
using Google.Protobuf;

namespace WebChat.Tests.Edge;

/// <summary>An answer of the JSON interface.</summary>
public sealed record JsonAnswer(HttpStatusCode Status, HttpResponseMessage Response, string Text)
{
    /// <summary>The <c>code</c> of a problem; null if the answer is none.</summary>
    public string? Code => Problem("code");

    /// <summary>The <c>field</c> of a problem; null if it names none.</summary>
    public string? Field => Problem("field");

    public static async Task<JsonAnswer> Read(HttpResponseMessage response) => new(response.StatusCode, response, await response.Content.ReadAsStringAsync());

    /// <summary>The message that the answer is.</summary>
    public T As<T>()
        where T : IMessage, new()
    {
        Assert.True(Status == HttpStatusCode.OK, Text);
        return JsonParser.Default.Parse<T>(Text);
    }

    /// <summary>Fails unless this is the problem, in the form of RFC 9457.</summary>
    public void IsProblem(int status, string code, string? field = null)
    {
        Assert.Equal((status, code, field), ((int)Status, Code, Field));
        Assert.Equal("application/problem+json", Response.Content.Headers.ContentType?.MediaType);
        using var document = JsonDocument.Parse(Text);
        Assert.Equal($"urn:webchat:error:{code}", document.RootElement.GetProperty("type").GetString());
        Assert.Equal(status, document.RootElement.GetProperty("status").GetInt32());
        Assert.NotEmpty(document.RootElement.GetProperty("title").GetString()!);
        Assert.NotEmpty(document.RootElement.GetProperty("detail").GetString()!);
    }

    private string? Problem(string name)
    {
        if (Response.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return null;
        using var document = JsonDocument.Parse(Text);
        return document.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
