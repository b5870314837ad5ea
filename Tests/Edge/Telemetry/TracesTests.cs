using System.Diagnostics;
using System.Net.Http.Headers;
using System.Threading.Channels;

namespace WebChat.Tests.Edge.Telemetry;

public sealed class TracesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // The other tests' spans come too.
    private readonly Channel<Activity> _ended = Channel.CreateUnbounded<Activity>();
    private readonly ActivityListener _listener;

    public TracesTests()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name is "WebChat" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => _ended.Writer.TryWrite(activity),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_trace_follows_a_message_from_the_frame_to_the_journal_and_to_both_members()
    {
        await using var server = await EdgeServer.Start();
        await using var talk = await Talk.Begin(server.Web, server.Grpc);

        await talk.Say("hello");

        var spans = await TraceOf(talk, spans: 4);
        var send = Assert.Single(spans, span => span.OperationName == "send message");
        var persist = Assert.Single(spans, span => span.OperationName == "persist message");
        Assert.Null(send.ParentId);
        Assert.Equal(send.Id, persist.ParentId);
        Assert.Equal([persist.Id, persist.Id], spans.Where(span => span.OperationName == "deliver message").Select(span => span.ParentId));
    }

    [Fact]
    public async Task A_message_by_HTTP_belongs_to_the_trace_of_its_request()
    {
        await using var server = await EdgeServer.Start();
        await using var talk = await Talk.Begin(server.Web, server.Grpc);
        var trace = ActivityTraceId.CreateRandom();
        using var http = new HttpClient { BaseAddress = server.Web };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/rooms/{talk.RoomId}/messages");
        request.Headers.Authorization = new("Bearer", talk.Ann.AccessToken);
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        request.Content = new StringContent("""{"clientId": "1", "text": "hello"}""", new MediaTypeHeaderValue("application/json"));

        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();

        var spans = await TraceOf(talk, spans: 4);
        Assert.All(spans, span => Assert.Equal(trace, span.TraceId));
        Assert.Equal(2, spans.Count(span => span.OperationName == "deliver message"));
    }

    private async Task<List<Activity>> TraceOf(Talk talk, int spans)
    {
        using var patience = new CancellationTokenSource(Patience);
        var ended = new List<Activity>();
        while (true)
        {
            ended.Add(await _ended.Reader.ReadAsync(patience.Token));
            var persist = ended.Find(span => (string?)span.GetTagItem("webchat.room.id") == talk.RoomId);
            if (ended.Where(span => span.TraceId == persist?.TraceId).ToList() is { } trace && trace.Count == spans)
                return trace;
        }
    }
}
