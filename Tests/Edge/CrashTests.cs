using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Tests.Edge;

/// <summary>The Edge is killed or stopped at work, and started again with the same data.</summary>
public sealed class CrashTests
{
    private const int Pairs = 20;

    [Fact]
    public async Task Acknowledged_messages_survive_a_kill_and_none_is_doubled()
    {
        await using var edge = await EdgeProcess.StartAsync();
        using var api = new ChatApi(edge.Web);
        var talkers = await ConnectAsync(edge, api, 2 * Pairs);
        await Task.WhenAll(talkers.Select(talker => talker.SearchAsync()));

        for (var crash = 1; crash <= 2; crash++)
        {
            await TalkUntilAsync(talkers, messages: 1_000, edge.KillAsync);
            Assert.NotEmpty(talkers.SelectMany(talker => talker.Unacknowledged));

            await edge.RestartAsync();
            var welcomes = await Task.WhenAll(talkers.Select(talker => talker.ResumeAsync(edge)));
            Assert.All(welcomes, welcome => Assert.True(welcome.Resumed));
            Assert.All(talkers.Zip(welcomes), pair => Assert.Equal([pair.Item1.RoomId], pair.Item2.Rooms.Select(room => room.RoomId)));

            await Task.WhenAll(talkers.Select(talker => talker.SendAgainAsync()));
            await Task.WhenAll(talkers.Select(talker => talker.FinishAsync($"bye-{crash}", talkers: 2)));
        }

        await Talker.CheckAsync(api, talkers);
        await DisposeAsync(talkers);
    }

    [Fact]
    public async Task A_kill_during_matching_leaves_every_user_in_one_pair()
    {
        await using var edge = await EdgeProcess.StartAsync();
        using var api = new ChatApi(edge.Web);
        var talkers = await ConnectAsync(edge, api, 2 * Pairs);

        var matched = new TaskCompletionSource();
        var searches = talkers.Select(async talker =>
        {
            try
            {
                await talker.SearchAsync();
                matched.TrySetResult();
            }
            catch (ConnectionLostException)
            {
                // Continues the search after the crash.
            }
        }).ToList();
        await matched.Task;
        await edge.KillAsync();
        await Task.WhenAll(searches);

        await edge.RestartAsync();
        await Task.WhenAll(talkers.Select(async talker =>
        {
            if (!talker.EnterFrom(await talker.ResumeAsync(edge)))
                await talker.SearchAsync();
        }));

        Assert.All(talkers.GroupBy(talker => talker.RoomId), pair => Assert.Equal(2, pair.Count()));
        foreach (var talker in talkers)
            Assert.Equal([talker.RoomId], (await api.GetRoomsAsync(talker.User.AccessToken)).Select(room => room.RoomId));
        await DisposeAsync(talkers);
    }

    [Fact]
    public async Task A_stop_closes_all_sockets_and_loses_nothing()
    {
        await using var edge = await EdgeProcess.StartAsync();
        using var api = new ChatApi(edge.Web);
        var talkers = await ConnectAsync(edge, api, 10);
        await Task.WhenAll(talkers.Select(talker => talker.SearchAsync()));

        await TalkUntilAsync(talkers, messages: 200, async () => Assert.Equal(0, await edge.StopAsync()));
        Assert.All(talkers, talker => Assert.True(talker.WasToldToGo));
        Assert.All(await Task.WhenAll(talkers.Select(talker => talker.ClosedAsync())), code => Assert.Equal(1001, code));

        await edge.RestartAsync();
        Assert.All(await Task.WhenAll(talkers.Select(talker => talker.ResumeAsync(edge))), welcome => Assert.True(welcome.Resumed));
        await Task.WhenAll(talkers.Select(talker => talker.SendAgainAsync()));
        await Task.WhenAll(talkers.Select(talker => talker.FinishAsync("bye", talkers: 2)));
        await Talker.CheckAsync(api, talkers);
        await DisposeAsync(talkers);
    }

    private static Task<Talker[]> ConnectAsync(EdgeProcess edge, ChatApi api, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i =>
            Talker.ConnectAsync(edge, api, $"T{i}", (ChatTransport)(i % 3))));

    private static async Task TalkUntilAsync(IReadOnlyList<Talker> talkers, int messages, Func<Task> end)
    {
        var acknowledged = 0;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var talking = Task.WhenAll(talkers.Select(talker => talker.TalkAsync(() =>
        {
            if (Interlocked.Increment(ref acknowledged) == messages)
                enough.TrySetResult();
        })));
        await Task.WhenAny(enough.Task, talking);
        Assert.True(enough.Task.IsCompleted, "The connections ended before the Edge did.");
        await end();
        await talking;
    }

    private static async Task DisposeAsync(IEnumerable<Talker> talkers)
    {
        foreach (var talker in talkers)
            await talker.DisposeAsync();
    }
}
