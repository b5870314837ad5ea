using System.Net.WebSockets;
using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Tests.Edge;

/// <summary>A client that stops reading.</summary>
public sealed class SlowReaderTests
{
    // Far more than all buffers on the way can hold.
    private const int MostMessages = 20_000;

    [Fact]
    public async Task Only_the_client_that_does_not_read_is_cut_off_and_it_misses_nothing_after_a_resume()
    {
        await using var edge = await EdgeProcess.StartAsync();
        using var api = new ChatApi(edge.Web);
        var (awake, asleep) = (await api.SignUpAsync("Writer", Profile.Types.Gender.Other), await api.SignUpAsync("Sleeper", Profile.Types.Gender.Other));
        await using var writer = await edge.ConnectAsync(ChatTransport.Binary);
        await writer.HelloAsync(awake.AccessToken);
        using var sleeper = await ChatSocket.Connect(edge.Web, ["webchat.v1.json"]);
        var session = (await sleeper.Hello(asleep)).SessionId;
        await writer.RequestAsync(new() { Search = new() });
        await sleeper.Send(new ClientFrame { Search = new() });
        var room = (await sleeper.Receive(frame => frame.Match is not null)).Match.Room;

        var cutOff = writer.NextAsync(frame => frame.Presence is { Online: false });
        var text = string.Concat(Enumerable.Repeat("🌸", 2_000));
        long last = 0;
        for (var i = 0; i < MostMessages && !cutOff.IsCompleted; i++)
        {
            var answer = await writer.RequestAsync(new() { Send = new() { RoomId = room.RoomId, ClientId = $"{i}", Text = text } });
            last = answer.Ack?.Seq ?? throw new InvalidDataException($"The writer was answered {answer}");
        }

        Assert.Equal(room.RoomId, (await cutOff.WaitAsync(TimeSpan.FromSeconds(60))).Presence.RoomId);
        var seen = room.LastSeq;
        try
        {
            while (await sleeper.Receive() is { } frame)
                seen = frame.Event?.Seq ?? seen;
            Assert.Equal(4408, (int?)sleeper.CloseStatus);
        }
        catch (WebSocketException)
        {
            // Frames in flight, including the close frame, are lost if the client reads too late.
        }

        Assert.True(seen < last, "No event was held back.");
        await using var back = await edge.ConnectAsync(ChatTransport.Json);
        var welcome = await back.HelloAsync(asleep.AccessToken, session, new Dictionary<string, long> { [room.RoomId] = seen });
        Assert.True(welcome.Resumed);
        await back.NextAsync(frame => frame.Event?.Seq == last);
    }
}
