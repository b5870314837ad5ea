using System.Net.Http.Headers;

namespace WebChat.Tests.Edge.Hosting;

public class CompressionTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    [Theory]
    [InlineData("/", false)]
    [InlineData("/service-worker.js", false)]
    [InlineData("/v1/profile", true)]
    public async Task Pages_and_JSON_are_compressed_for_a_client_that_accepts_it(string path, bool needsToken)
    {
        using var http = new HttpClient { BaseAddress = server.Web };
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { AcceptEncoding = { new StringWithQualityHeaderValue("br") } } };
        if (needsToken)
            request.Headers.Authorization = new("Bearer", (await server.SignUp()).AccessToken);
        using var answer = await http.SendAsync(request);

        answer.EnsureSuccessStatusCode();
        Assert.Equal(["br"], answer.Content.Headers.ContentEncoding);
    }
}
