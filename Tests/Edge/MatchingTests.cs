using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Tests.Edge;

/// <summary>Many users search at once.</summary>
public sealed class MatchingTests
{
    private const int Fitting = 700;
    private const int Lonely = 300;

    [Fact]
    public async Task A_thousand_searches_at_once_make_every_possible_pair()
    {
        await using var edge = await EdgeProcess.StartAsync();
        using var api = new ChatApi(edge.Web);

        // No user that fits another prefers OTHER, so users of the gender OTHER fit no user. They are spread over the queue.
        var seekers = await ConnectAsync(edge, api, Enumerable.Range(0, Fitting + Lonely).Select(i => (i % 10, i % 2) switch
        {
            ( >= 7, 0) => (Profile.Types.Gender.Other, Profile.Types.Gender.Female),
            ( >= 7, _) => (Profile.Types.Gender.Other, Profile.Types.Gender.Male),
            (0 or 1 or 2, _) => (Profile.Types.Gender.Female, Profile.Types.Gender.Male),
            (3 or 4 or 5, _) => (Profile.Types.Gender.Male, Profile.Types.Gender.Female),
            (_, _) => (i / 10 % 2 == 0 ? Profile.Types.Gender.Male : Profile.Types.Gender.Female, i / 10 % 2 == 0 ? Profile.Types.Gender.Female : Profile.Types.Gender.Male),
        }));
        var fitting = seekers.Where(seeker => seeker.Gender != Profile.Types.Gender.Other).ToList();
        var lonely = seekers.Except(fitting).ToList();
        Assert.Equal((Fitting, Lonely), (fitting.Count, lonely.Count));

        var answers = await Task.WhenAll(seekers.Select(seeker => seeker.Client.RequestAsync(new ClientFrame { Search = new Search { Mode = Mode.Chat } })));
        Assert.All(answers, answer => Assert.Contains(answer.Search?.State, new SearchState.Types.State?[] { SearchState.Types.State.Waiting, SearchState.Types.State.Matched }));
        var matches = await Task.WhenAll(fitting.Select(async seeker =>
            (seeker.Gender, (await seeker.Client.NextAsync(frame => frame.Match is not null)).Match.Room)));

        var pairs = matches.GroupBy(match => match.Room.RoomId, match => match.Gender).ToList();
        Assert.Equal(Fitting / 2, pairs.Count);
        Assert.All(pairs, pair => Assert.Equal([Profile.Types.Gender.Female, Profile.Types.Gender.Male], pair.Order()));

        var states = await Task.WhenAll(lonely.Select(seeker => api.GetSearchAsync(seeker.AccessToken)));
        Assert.All(states, state => Assert.Equal(SearchState.Types.State.Waiting, state.State));
        foreach (var seeker in seekers)
            await seeker.Client.DisposeAsync();
    }

    private static async Task<Seeker[]> ConnectAsync(EdgeProcess edge, ChatApi api, IEnumerable<(Profile.Types.Gender Gender, Profile.Types.Gender Preferred)> wishes)
    {
        using var atOnce = new SemaphoreSlim(10);
        return await Task.WhenAll(wishes.Select(async wish =>
        {
            await atOnce.WaitAsync();
            try
            {
                var user = await api.SignUpAsync("Seeker", wish.Gender, wish.Preferred);
                var client = await edge.ConnectAsync(ChatTransport.Binary);
                await client.HelloAsync(user.AccessToken);
                return new Seeker(user.AccessToken, wish.Gender, client);
            }
            finally
            {
                atOnce.Release();
            }
        }));
    }

    private sealed record Seeker(string AccessToken, Profile.Types.Gender Gender, ChatClient Client);
}
