using System.Net;
using Microsoft.Data.Sqlite;
using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Tests.Edge.Telemetry;

/// <summary>What a server in a process of its own exports: an exporter hears all servers of its process.</summary>
public sealed class MetricsTests
{
    private static readonly (string, string) Enabled = ("WebChat:Metrics:Enabled", "true");

    [Fact]
    public async Task A_conversation_is_measured()
    {
        await using var edge = await EdgeProcess.StartAsync(Enabled);
        await using var talk = await Talk.Begin(edge.Web, edge.Grpc);
        await talk.Say("hello");

        await Scrape.Until(edge.Web, now =>
        {
            Assert.Equal(2, now["webchat_session_active"]);
            Assert.Equal((1, 1), (now["webchat_transport_active", "\"websocket\""], now["webchat_transport_active", "\"grpc\""]));
            Assert.Equal((1, 2), (now["webchat_entity_active", "\"room\""], now["webchat_entity_active", "\"user\""]));
            Assert.Equal((1, 2), (now["webchat_entity_recovery_duration_seconds_count", "\"room\""], now["webchat_entity_recovery_duration_seconds_count", "\"user\""]));
            Assert.Equal((0, 0), (now["webchat_match_waiting", "\"chat\""], now["webchat_match_waiting", "\"voice\""]));
            Assert.Equal(2, now["webchat_match_duration_seconds_count", "\"chat\""]);
            Assert.Equal((0, 0), (now["webchat_actor_mailbox_size", "\"matcher\""], now["webchat_actor_mailbox_size", "\"connections\""]));
            Assert.Equal(1, now["webchat_message_posted_total", "\"pair\""]);
            Assert.Equal(1, now["webchat_message_ack_duration_seconds_count"]);
            Assert.Equal(2, now["webchat_message_delivery_duration_seconds_count"]);
            var events = EventsIn(edge.DatabaseFile);
            Assert.Equal(events, now["webchat_journal_events_total"]);
            Assert.InRange(now["webchat_journal_commit_duration_seconds_count"] ?? 0, 1, events);
            Assert.Equal((0, 2), (now["webchat_password_active"], now["webchat_password_hash_duration_seconds_count"]));
            Assert.NotNull(now["http_server_request_duration_seconds_count"]);
            Assert.NotNull(now["dotnet_process_cpu_time_seconds_total"]);
        });

        await talk.DisposeAsync();
        await Scrape.Until(edge.Web, now => Assert.Equal((0, 0), (now["webchat_transport_active", "\"websocket\""], now["webchat_transport_active", "\"grpc\""])));
    }

    [Fact]
    public async Task A_port_of_their_own_serves_metrics_and_nothing_else()
    {
        var port = new Uri($"http://127.0.0.1:{EdgeProcess.FreePort()}");
        await using var edge = await EdgeProcess.StartAsync(
            Enabled, ("Kestrel:Endpoints:Metrics:Url", port.ToString()), ("WebChat:Limits:ReadBurst", "1"), ("WebChat:Limits:ReadsPerSecond", "1"));
        using var api = new ChatApi(edge.Web);
        using var http = new HttpClient();
        var user = await api.SignUpAsync("Cat", Profile.Types.Gender.Female, Profile.Types.Gender.Male);
        await using var client = await edge.ConnectAsync(ChatTransport.Json);
        await client.HelloAsync(user.AccessToken);

        await client.RequestAsync(new() { Search = new() { Mode = Mode.Voice } });
        await Scrape.Until(port, now => Assert.Equal((0, 1), (now["webchat_match_waiting", "\"chat\""], now["webchat_match_waiting", "\"voice\""])));
        await client.RequestAsync(new() { Search = new() { Mode = Mode.Chat } });
        await Scrape.Until(port, now => Assert.Equal((1, 0), (now["webchat_match_waiting", "\"chat\""], now["webchat_match_waiting", "\"voice\""])));

        Assert.Equal(HttpStatusCode.TooManyRequests, (await Assert.ThrowsAsync<ApiException>(() => ReadUntilRefused(api, user))).Status);
        await Scrape.Until(port, now => Assert.Equal(1, now["webchat_limit_refusals_total", "\"Reads\""]));

        foreach (var (server, path) in ((Uri, string)[])[(edge.Web, "/metrics"), (port, "/"), (port, "/healthz"), (port, "/v1/profile"), (port, "/ws")])
        {
            using var answer = await http.GetAsync(new Uri(server, path));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Metrics_are_off_by_default()
    {
        await using var server = await EdgeServer.Start();

        Assert.Equal(HttpStatusCode.NotFound, (await server.Call("GET", "/metrics")).Status);
    }

    private static async Task ReadUntilRefused(ChatApi api, Credentials user)
    {
        while (true)
            await api.GetSearchAsync(user.AccessToken);
    }

    private static long EventsIn(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM journal";
        return (long)command.ExecuteScalar()!;
    }
}
