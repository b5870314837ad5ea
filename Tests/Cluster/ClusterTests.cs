using System.Net;
using Google.Protobuf.WellKnownTypes;
using WebChat.Clients;
using WebChat.Tests.Edge;
using WebChat.Tests.Requires;
using WebChat.V1;

namespace WebChat.Tests.Cluster;

/// <summary>Three Edges as one cluster on PostgreSQL.</summary>
[Collection(Alone)]
public sealed class ClusterTests
{
    private const string Alone = "Cluster";
    private const int Pairs = 4;
    private const int Messages = 60;

    // Only a failing test waits for so long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [PostgresFact]
    public async Task Users_of_different_nodes_meet_talk_and_lose_nothing_when_a_node_is_killed()
    {
        await using var nodes = await ClusterNodes.StartAsync();
        try
        {
            await MeetTalkAndLoseNodeAsync(nodes);
        }
        catch (Exception ex)
        {
            throw new InvalidOperationException($"{ex.Message}\n{nodes.Output}", ex);
        }
    }

    private static async Task MeetTalkAndLoseNodeAsync(ClusterNodes nodes)
    {
        // The partners of a pair are on different nodes; the rooms are on all three.
        var talkers = await Task.WhenAll(Enumerable.Range(0, 2 * Pairs).Select(i =>
            Talker.ConnectAsync(nodes.Edges[i % 2], nodes.Apis[i % 2], $"T{i}", (ChatTransport)(i % 3))));
        await Task.WhenAll(talkers.Select(talker => talker.SearchAsync())).WaitAsync(Patience);
        Assert.All(talkers.GroupBy(talker => talker.RoomId), pair => Assert.Equal(2, pair.Count()));
        await GroupOnThreeNodesAsync(nodes);
        await BanOnThreeNodesAsync(nodes);

        var acknowledged = 0;
        var killed = new TaskCompletionSource();
        var talking = Task.WhenAll(talkers.Select(talker => talker.InsistOnAsync(Messages, nodes.Edges[2], () =>
        {
            if (Interlocked.Increment(ref acknowledged) == Pairs * Messages / 2)
                killed.SetResult();
        })));
        await killed.Task.WaitAsync(Patience);
        await nodes.Edges[1].KillAsync();
        await talking.WaitAsync(Patience);

        await Task.WhenAll(talkers.Select(talker => talker.FinishAsync("bye", talkers: 2))).WaitAsync(Patience);
        await Talker.CheckAsync(nodes.Apis[0], talkers);
        foreach (var talker in talkers)
            await talker.DisposeAsync();
    }

    private static async Task GroupOnThreeNodesAsync(ClusterNodes nodes)
    {
        // Two members on each node: wherever the room is, another node is told once for both.
        var users = await Task.WhenAll(nodes.Apis.Concat(nodes.Apis).Select((api, i) => api.SignUpAsync($"G{i}", Profile.Types.Gender.Other)));
        var clients = await Task.WhenAll(nodes.Edges.Concat(nodes.Edges).Select(edge => edge.ConnectAsync(ChatTransport.Binary)));
        await Task.WhenAll(clients.Zip(users, (client, user) => client.HelloAsync(user.AccessToken)));
        var request = new CreateRoomRequest { Name = "Tea", Capacity = 10, Open = true, ClientId = "1" };
        var group = await nodes.Apis[0].CreateRoomAsync(users[0].AccessToken, request);
        Assert.Equal(group.RoomId, (await nodes.Apis[1].CreateRoomAsync(users[0].AccessToken, request)).RoomId);
        foreach (var client in clients[1..])
            Assert.Equal(group.RoomId, (await client.RequestAsync(new() { Join = new() { RoomId = group.RoomId } })).Room.RoomId);

        var sent = await clients[2].RequestAsync(new() { Send = new() { RoomId = group.RoomId, ClientId = "1", Text = "Hello, all" } });

        foreach (var client in clients)
        {
            var heard = (await client.NextAsync(frame => frame.Event?.MessagePosted is not null).WaitAsync(Patience)).Event;
            Assert.Equal((sent.Ack.Seq, "Hello, all"), (heard.Seq, heard.MessagePosted.Text));
        }

        var counts = await nodes.AsAdminAsync((admin, headers) => admin.GetCountsAsync(new(), headers));
        Assert.Equal((Pairs + 1, (2 * Pairs) + clients.Length), (counts.Rooms, counts.Sockets));
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    private static async Task BanOnThreeNodesAsync(ClusterNodes nodes)
    {
        var user = await nodes.Apis[1].SignUpAsync("Banned", Profile.Types.Gender.Other);
        foreach (var api in nodes.Apis)
            Assert.Empty(await api.GetRoomsAsync(user.AccessToken));

        var until = DateTimeOffset.UtcNow.AddDays(1).ToTimestamp();
        await nodes.AsAdminAsync((admin, headers) => admin.BanAsync(new() { UserId = user.User.UserId, Until = until }, headers));

        foreach (var api in nodes.Apis)
            await RefusedAsync(api).WaitAsync(Patience);

        async Task RefusedAsync(ChatApi api)
        {
            try
            {
                while (true)
                {
                    await api.GetRoomsAsync(user.AccessToken);
                    await Task.Delay(TimeSpan.FromMilliseconds(20));
                }
            }
            catch (ApiException refused) when (refused.Status == HttpStatusCode.Forbidden)
            {
                // The node knows of the ban.
            }
        }
    }

    /// <summary>Not beside other tests: nodes that wait for the CPU take each other for lost.</summary>
    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class Collection;
}
