using System.Diagnostics;
using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Bench.Load;

/// <summary>What clients do.</summary>
internal enum Scenario
{
    /// <summary>The members of pairs talk.</summary>
    Pairs,

    /// <summary>The members of group rooms talk.</summary>
    Groups,

    /// <summary>As pairs, and each member breaks its connection and resumes after some messages.</summary>
    Churn,

    /// <summary>Sessions are open and silent.</summary>
    Idle,

    /// <summary>All search at once, and three of ten fit no other.</summary>
    Match,
}

/// <summary>The scenarios in which no member talks.</summary>
internal static class Scenarios
{
    // Sessions that are open before the first measurement, so that it includes the code that a session needs.
    private const int First = 50;

    /// <summary>Opens sessions and measures what memory each takes.</summary>
    public static async Task<LoadResult> IdleAsync(WebChatServer server, int sessions, ChatTransport transport, TimeSpan duration, CancellationToken cancellationToken)
    {
        var use = server.Use ?? throw new InvalidOperationException("Memory is read from the server's process: give its id by --pid.");
        // Accounts stay in memory for a while after they were created. A new process has none.
        var users = await server.SignUpAsync(First + sessions);
        if (server.IsOwn)
            await server.RestartAsync();
        use = server.Use;
        await OpenAsync(users[..First]);
        var before = use.Memory;
        await OpenAsync(users[First..]);
        await Task.Delay(duration, cancellationToken);
        var after = use.Memory;
        return new($"{sessions} idle sessions, {transport}", [("server MiB before", before / 1048576.0), ("server MiB after", after / 1048576.0), ("KiB per session", (after - before) / 1024.0 / sessions)], [], []);

        Task OpenAsync(Credentials[] some) => Parallel.ForEachAsync(some, cancellationToken, async (user, _) =>
        {
            var client = await server.ConnectAsync(transport);
            await client.HelloAsync(user.AccessToken);
        });
    }

    /// <summary>Lets all users search at once and measures the wait of each user with a fitting partner for its room.</summary>
    public static async Task<LoadResult> MatchAsync(WebChatServer server, int users, ChatTransport transport, CancellationToken cancellationToken)
    {
        // Women and men look for each other; the users of another gender between them fit no other user.
        var clients = await server.ConnectAsync(users, transport, i => Fits(i)
            ? i % 2 == 0 ? Seeker(Profile.Types.Gender.Female, Profile.Types.Gender.Male) : Seeker(Profile.Types.Gender.Male, Profile.Types.Gender.Female)
            : Seeker(Profile.Types.Gender.Other, Profile.Types.Gender.Female));
        var waits = new Latencies();
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(clients.Select(async (client, i) =>
        {
            await client.Client.RequestAsync(new() { Search = new() { Mode = Mode.Chat } });
            if (!Fits(i))
                return;
            await client.Client.NextAsync(frame => frame.Match is not null);
            waits.Record(Stopwatch.GetElapsedTime(began));
        })).WaitAsync(cancellationToken);
        var idle = 0;
        foreach (var client in clients.Where((_, i) => !Fits(i)))
            idle += (await server.Api.GetSearchAsync(client.User.AccessToken)).State == SearchState.Types.State.Waiting ? 0 : 1;
        return new($"{users} searches at once, {transport}", [("matched", waits.Count), ("fit no other", clients.Where((_, i) => !Fits(i)).Count()), ("of these not waiting", idle)], [("matched", waits)], []);

        // As many women as men: of twenty users seven each.
        static bool Fits(int i) => i % 20 is not (0 or 1 or 7 or 8 or 14 or 15);
        static Profile Seeker(Profile.Types.Gender gender, Profile.Types.Gender preferred) => new() { BirthDate = "1990-01-02", Gender = gender, PreferredGenders = { preferred } };
    }
}
