using System.Net;

namespace WebChat.Tests.Standins.Grpc;

/// <summary>An HTTP response with its trailers.</summary>
public sealed record RawResponse(HttpStatusCode StatusCode, IReadOnlyDictionary<string, string> Headers, byte[] Body, IReadOnlyDictionary<string, string> Trailers)
{
    /// <summary>The call's status, which comes with the headers where nothing follows them.</summary>
    public string Status => Trailers.TryGetValue("grpc-status", out var status) ? status : Headers["grpc-status"];

    public static async Task<RawResponse> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsByteArrayAsync();
        return new(
            response.StatusCode,
            response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key.ToLowerInvariant(), h => string.Join(",", h.Value)),
            body,
            response.TrailingHeaders.ToDictionary(h => h.Key.ToLowerInvariant(), h => string.Join(",", h.Value)));
    }
}
