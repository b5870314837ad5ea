using System.Net;
using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Tests.Edge;

/// <summary>Another process locks the database against writes, in real time.</summary>
public sealed class LockedDatabaseTests
{
    [Fact]
    public async Task A_lock_of_three_seconds_delays_messages_and_loses_none()
    {
        await using var edge = await EdgeProcess.StartAsync();
        using var api = new ChatApi(edge.Web);
        await using var ann = await Talker.ConnectAsync(edge, api, "Ann", ChatTransport.Json);
        await using var bob = await Talker.ConnectAsync(edge, api, "Bob", ChatTransport.Binary);
        await Task.WhenAll(ann.SearchAsync(), bob.SearchAsync());

        Task<List<Error>[]> said;
        await using (await LockHolder.StartAsync(edge.DatabaseFile))
        {
            said = Task.WhenAll(ann.InsistAsync("ann-1"), bob.InsistAsync("bob-1"));
            await Task.Delay(TimeSpan.FromSeconds(3));
            Assert.False(said.IsCompleted);
        }

        // A slow machine may hold the lock longer than a write waits.
        Assert.All(await said, told => Assert.Empty(told.Select(error => error.Code).Except(["unavailable"])));
        await Task.WhenAll(ann.FinishAsync("bye", talkers: 2), bob.FinishAsync("bye", talkers: 2));
        await Talker.CheckAsync(api, [ann, bob]);
    }

    [Fact]
    public async Task A_lock_of_a_minute_makes_writing_unavailable_until_it_is_released()
    {
        await using var edge = await EdgeProcess.StartAsync();
        using var api = new ChatApi(edge.Web);
        await using var ann = await Talker.ConnectAsync(edge, api, "Ann", ChatTransport.Json);
        await using var bob = await Talker.ConnectAsync(edge, api, "Bob", ChatTransport.Binary);
        await Task.WhenAll(ann.SearchAsync(), bob.SearchAsync());
        Assert.Empty(await ann.InsistAsync("before"));

        Task<List<Error>[]> said;
        await using (await LockHolder.StartAsync(edge.DatabaseFile))
        {
            Assert.Equal(["before"], (await api.GetMessagesAsync(ann.User.AccessToken, ann.RoomId)).Select(message => message.Text));
            var minute = Task.Delay(TimeSpan.FromMinutes(1));
            said = Task.WhenAll(ann.InsistAsync("ann-1"), bob.InsistAsync("bob-1"));
            var refused = await Assert.ThrowsAsync<ApiException>(() => api.SignUpAsync("Cyd", Profile.Types.Gender.Other));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, true), await ReadinessAsync(edge));
            await minute;
            Assert.False(said.IsCompleted);
        }

        // A stopping room leaves its mailbox behind. Those messages are answered as well, before their senders give up.
        Assert.All(await said, told => Assert.Equal(["unavailable"], told.Select(error => error.Code).Distinct()));
        Assert.Equal((HttpStatusCode.OK, false), await ReadinessAsync(edge));
        await api.SignUpAsync("Cyd", Profile.Types.Gender.Other);
        await Task.WhenAll(ann.FinishAsync("bye", talkers: 2), bob.FinishAsync("bye", talkers: 2));
        await Talker.CheckAsync(api, [ann, bob]);
    }

    private static async Task<(HttpStatusCode Status, bool NamesTheLock)> ReadinessAsync(EdgeProcess edge)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(edge.Web, "/readyz"));
        return (answer.StatusCode, (await answer.Content.ReadAsStringAsync()).Contains("database is locked", StringComparison.Ordinal));
    }
}
