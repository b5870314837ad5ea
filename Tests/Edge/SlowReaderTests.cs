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
        using var api = new EdgeApi(edge.Web);
        var visitors = new[] { await api.SignUpAsync("Writer", Profile.Types.Gender.Other), await api.SignUpAsync("Sleeper", Profile.Types.Gender.Other) };
        await using var writer = await ChatClient.ConnectAsync(edge.Socket, FrameEncoding.Binary);
        await using var sleeper = await ChatClient.ConnectAsync(edge.Socket, FrameEncoding.Json);
        await writer.HelloAsync(visitors[0]);
        await sleeper.HelloAsync(visitors[1]);
        foreach (var client in new[] { writer, sleeper })
            await client.RequestAsync(new ClientFrame { Search = new Search() });
        var room = (await sleeper.NextAsync(frame => frame.Match is not null)).Match.Room.RoomId;

        var awake = new TaskCompletionSource();
        sleeper.Reading = awake.Task;
        var cutOff = writer.NextAsync(frame => frame.Presence is { Online: false });
        var text = string.Concat(Enumerable.Repeat("🌸", 2_000));
        long last = 0;
        for (var i = 0; i < MostMessages && !cutOff.IsCompleted; i++)
        {
            var answer = await writer.RequestAsync(new ClientFrame { Send = new Send { RoomId = room, ClientId = $"{i}", Text = text } });
            last = answer.Ack?.Seq ?? throw new InvalidDataException($"The writer was answered {answer}");
        }

        Assert.Equal(room, (await cutOff.WaitAsync(TimeSpan.FromSeconds(60))).Presence.RoomId);
        awake.SetResult();
        // Frames in flight may be lost with the connection, if the client does not wake in time to read the close frame.
        Assert.Contains((int?)await sleeper.ClosedAsync(), new int?[] { 4408, null });
        Assert.True(sleeper.Cursors[room] < last, "No event was held back.");

        await using var back = await ChatClient.ConnectAsync(edge.Socket, FrameEncoding.Json);
        var welcome = await back.HelloAsync(visitors[1], sleeper.SessionId, sleeper.Cursors);
        Assert.True(welcome.Resumed);
        await back.NextAsync(frame => frame.Event?.Seq == last);
    }
}
