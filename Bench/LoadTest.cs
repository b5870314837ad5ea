using System.Diagnostics;
using System.Globalization;
using WebChat.Tests.Edge;
using WebChat.V1;

namespace WebChat.Bench;

/// <summary>A closed loop over WebSocket: everybody sends a message, waits for its acknowledgement, and sends the next.</summary>
public static class LoadTest
{
    /// <summary>Runs it, on an own Edge with an own database if no address is given.</summary>
    public static async Task<LoadReport> RunAsync(LoadOptions options)
    {
        if (options.Url is { } url)
            return await RunAsync(options, url);
        await using var edge = await EdgeProcess.StartAsync();
        return await RunAsync(options, edge.Web);
    }

    private static async Task<LoadReport> RunAsync(LoadOptions options, Uri web)
    {
        using var api = new EdgeApi(web);
        var socket = new UriBuilder(web) { Scheme = "ws", Path = "/ws" }.Uri;
        var people = new List<(ChatClient Client, string RoomId)>();
        for (var pair = 0; pair < options.Pairs; pair++)
            people.AddRange(await MatchAsync(api, socket, options.Encoding));

        using var end = new CancellationTokenSource(options.Time);
        var sent = 0;
        var clock = Stopwatch.StartNew();
        var latencies = await Task.WhenAll(people.SelectMany((person, i) => Enumerable.Range(0, options.Lanes).Select(lane => TalkAsync(person.Client, person.RoomId, $"{i}-{lane}"))));
        var elapsed = clock.Elapsed;

        foreach (var (client, _) in people)
            await client.DisposeAsync();
        var sorted = latencies.SelectMany(l => l).Order().ToList();
        return new LoadReport(options, sorted.Count, elapsed, sorted);

        async Task<List<double>> TalkAsync(ChatClient client, string roomId, string name)
        {
            var times = new List<double>();
            while (!end.IsCancellationRequested && Interlocked.Increment(ref sent) <= options.Messages)
            {
                // What the room tells is taken as it comes, so that it does not pile up.
                while (client.Frames.TryRead(out _))
                {
                }

                var id = string.Create(CultureInfo.InvariantCulture, $"{name}-{times.Count}");
                var began = Stopwatch.GetTimestamp();
                var answer = await client.RequestAsync(new ClientFrame { Send = new Send { RoomId = roomId, ClientId = id, Text = "The quick brown fox jumps over the lazy dog." } });
                if (answer.Ack is null)
                    throw new InvalidDataException($"A message was answered by {answer}");
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            return times;
        }
    }

    private static async Task<(ChatClient Client, string RoomId)[]> MatchAsync(EdgeApi api, Uri socket, FrameEncoding encoding)
    {
        var clients = new List<ChatClient>();
        foreach (var name in new[] { "Left", "Right" })
        {
            var client = await ChatClient.ConnectAsync(socket, encoding);
            await client.HelloAsync(await api.SignUpAsync(name, Profile.Types.Gender.Other));
            await client.RequestAsync(new ClientFrame { Search = new Search { Mode = Mode.Chat } });
            clients.Add(client);
        }

        return await Task.WhenAll(clients.Select(async client => (client, (await client.NextAsync(frame => frame.Match is not null)).Match.Room.RoomId)));
    }
}
