using FsCheck.Xunit;
using Google.Protobuf;
using WebChat.Actors.Matching;
using WebChat.Journal.V1;
using WebChat.V1;
using static WebChat.V1.Profile.Types;

namespace WebChat.Tests.Actors.Matching;

public sealed class MatcherStateTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly MatchRules Rules = new(Patience: TimeSpan.FromSeconds(15), RematchAfter: TimeSpan.FromHours(24));

    /// <summary>One user arrives each second, and each second the waiting users are matched again.</summary>
    [Property(MaxTest = 100)]
    public void Every_pair_fits_no_user_is_paired_twice_and_no_fitting_user_waits_beyond_patience(Arrival[] arrivals)
    {
        var state = MatcherState.Initial;
        var paired = new HashSet<string>();
        var now = Start;
        for (var i = 0; i < arrivals.Length + Rules.Patience.TotalSeconds; i++, now += TimeSpan.FromSeconds(1))
        {
            if (i < arrivals.Length)
                state = state.After(s => s.Enqueue(new(new($"user{i}"), Mode.Chat, arrivals[i].As(i)), Rules, now));
            state = state.After(s => s.Pass(0, int.MaxValue, Rules, now, out _));
            NotePairs();

            var patient = state.Pool.People.Where(person => now - person.Since >= Rules.Patience).Select(person => person.Seeker).ToList();
            Assert.DoesNotContain(patient.SelectMany((a, at) => patient.Skip(at + 1).Select(b => (a, b))), pair => Arrival.Fit(pair.a, pair.b));
        }

        Assert.Equal(arrivals.Length, state.Pool.Count + paired.Count);

        void NotePairs()
        {
            foreach (var pair in state.Pairs.Values.Where(pair => !paired.Contains(pair.First.UserId)))
            {
                Assert.True(Arrival.Fit(pair.First, pair.Second));
                Assert.True(paired.Add(pair.First.UserId) & paired.Add(pair.Second.UserId), "a user was paired twice");
            }
        }
    }

    [Property(MaxTest = 100)]
    public void A_full_pass_over_users_that_accept_any_partner_leaves_no_fitting_pair(Arrival[] arrivals)
    {
        var state = arrivals.Select((arrival, i) => arrival.As(i)).Aggregate(
            MatcherState.Initial, (s, seeker) => s.Apply(new Enqueued { At = Start.ToUnixTimeMilliseconds(), Mode = Mode.Chat, Seeker = seeker }));
        var from = (long?)0;
        while (from is { } ticket)
            state = state.After(s => s.Pass(ticket, 3, Rules, Start + Rules.Patience, out from));

        var left = state.Pool.People.Select(person => person.Seeker).ToList();
        Assert.DoesNotContain(left.SelectMany((a, at) => left.Skip(at + 1).Select(b => (a, b))), pair => Arrival.Fit(pair.a, pair.b));
    }

    [Property(MaxTest = 100)]
    public void A_snapshot_restores_all_decisions(Arrival[] arrivals, Arrival newcomer)
    {
        var now = Start;
        var state = MatcherState.Initial;
        for (var i = 0; i < arrivals.Length; i++, now += TimeSpan.FromSeconds(7))
            state = state.After(s => s.Enqueue(new(new($"user{i}"), (Mode)(i % 2 + 1), arrivals[i].As(i)), Rules, now));
        var again = MatcherState.FromSnapshot(state.ToSnapshot());

        Assert.Equal(state.ToSnapshot(), again.ToSnapshot());
        Assert.Equal(Partner(state), Partner(again));

        Seeker? Partner(MatcherState s) => s.Enqueue(new(new("new"), Mode.Chat, newcomer.As(1_000)), Rules, now).Events.OfType<Paired>().SingleOrDefault()?.First;
    }

    [Fact]
    public void Users_that_have_met_are_kept_apart_also_after_a_snapshot_but_not_for_ever()
    {
        var state = Meet(MatcherState.Initial, Start);
        state = MatcherState.FromSnapshot(state.ToSnapshot());
        var waiting = state.After(s => s.Enqueue(Of("ann"), Rules, Start.AddMinutes(1)));

        Assert.IsType<Enqueued>(Assert.Single(waiting.Enqueue(Of("bob"), Rules, Start.AddMinutes(1)).Events));
        Assert.IsType<Paired>(Assert.Single(waiting.Enqueue(Of("cyd"), Rules, Start.AddMinutes(1)).Events));
        Assert.IsType<Paired>(Assert.Single(waiting.Enqueue(Of("bob"), Rules, Start.AddHours(24)).Events));
    }

    [Fact]
    public void A_snapshot_keeps_no_users_apart_longer_than_needed()
    {
        var state = Meet(MatcherState.Initial, Start);
        Assert.Single(((MatcherSnapshot)state.ToSnapshot()).Apart);

        state = state.After(s => s.Enqueue(Of("cyd"), Rules, Start.AddHours(25)));

        Assert.Empty(((MatcherSnapshot)state.ToSnapshot()).Apart);
    }

    [Fact]
    public void A_pass_pairs_users_again_that_both_wait_over_a_minute()
    {
        var state = Meet(MatcherState.Initial, Start);
        state = state.After(s => s.Enqueue(Of("ann"), Rules, Start.AddMinutes(1)));
        state = state.After(s => s.Enqueue(Of("bob"), Rules, Start.AddMinutes(2)));

        Assert.Empty(state.Pass(0, 10, Rules, Start.AddMinutes(3), out _).Events);
        Assert.IsType<Paired>(Assert.Single(state.Pass(0, 10, Rules, Start.AddMinutes(3).AddMilliseconds(1), out _).Events));
    }

    [Fact]
    public void Only_searches_that_have_lasted_too_long_end()
    {
        var state = MatcherState.Initial.After(s => s.Enqueue(Of("ann"), Rules, Start));
        state = state.After(s => s.Enqueue(Of("bob", Gender.Female), Rules, Start.AddMinutes(1)));

        var ended = state.Expire(TimeSpan.FromMinutes(5), 10, Start.AddMinutes(5)).Events;

        Assert.Equal(("ann", Withdrawn.Types.Reason.TimedOut), Assert.IsType<Withdrawn>(Assert.Single(ended)) is var e ? (e.UserId, e.Reason) : default);
    }

    [Fact]
    public void A_changed_profile_counts_at_once_and_keeps_the_beginning_of_the_search()
    {
        var state = MatcherState.Initial.After(s => s.Enqueue(Of("ann", Gender.Female), Rules, Start));
        state = state.After(s => s.Enqueue(Of("bob"), Rules, Start.AddSeconds(1)));

        var waits = state.Reconsider(new("bob"), Of("bob", Gender.Male).Seeker, Rules, Start.AddSeconds(9)).Events;
        Assert.Equal(Start.AddSeconds(1).ToUnixTimeMilliseconds(), Assert.IsType<Enqueued>(Assert.Single(waits)).At);
        Assert.IsType<Paired>(Assert.Single(state.Reconsider(new("ann"), Of("ann").Seeker, Rules, Start.AddSeconds(9)).Events));
        Assert.Empty(state.Reconsider(new("ann"), Of("ann", Gender.Female).Seeker, Rules, Start.AddSeconds(9)).Events);
        Assert.Empty(state.Reconsider(new("cyd"), Of("cyd").Seeker, Rules, Start.AddSeconds(9)).Events);
    }

    [Fact]
    public void A_paused_search_is_not_matched_and_keeps_its_place_also_in_a_snapshot()
    {
        var state = MatcherState.Initial.After(s => s.Enqueue(Of("ann", Gender.Female), Rules, Start));
        state = state.After(s => s.Enqueue(Of("bob", Gender.Female), Rules, Start.AddSeconds(1)));
        state = state.After(s => s.Pause(new("ann"), Start.AddSeconds(2)));
        state = MatcherState.FromSnapshot(state.ToSnapshot()).After(s => s.Reconsider(new("ann"), Of("ann").Seeker, Rules, Start.AddSeconds(3)));

        Assert.IsType<Enqueued>(Assert.Single(state.Enqueue(Of("cyd"), Rules, Start.AddSeconds(4)).Events));
        Assert.Equal(SearchState.Types.State.Waiting, state.Search(new("ann")).State);
        Assert.Equal(["ann", "bob"], state.After(s => s.Resume(new("ann"), Rules, Start.AddSeconds(4))).Pool.People.Select(person => person.Seeker.UserId));
        state = state.After(s => s.Enqueue(Of("cyd"), Rules, Start.AddSeconds(4)));
        Assert.IsType<Paired>(Assert.Single(state.Resume(new("ann"), Rules, Start.AddSeconds(5)).Events));
        Assert.Contains("ann", state.Expire(TimeSpan.FromMinutes(5), 10, Start.AddMinutes(5)).Events.Cast<Withdrawn>().Select(e => e.UserId));
    }

    [Fact]
    public void A_paused_search_of_a_deleted_user_is_no_search()
    {
        var deleted = new Enqueued { Mode = Mode.Chat, Seeker = new() { UserId = "ann", Encrypted = ByteString.CopyFromUtf8("unreadable") } };

        var state = MatcherState.Initial.Apply(deleted).Apply(new SearchPaused { UserId = "ann" }).Apply(new SearchResumed { UserId = "ann" });

        Assert.Equal(0, state.Count);
        Assert.Empty(((MatcherSnapshot)state.ToSnapshot()).Waiting);
    }

    private static MatcherState Meet(MatcherState state, DateTimeOffset at)
    {
        state = state.After(s => s.Enqueue(Of("ann"), Rules, at));
        state = state.After(s => s.Enqueue(Of("bob"), Rules, at));
        return state.After(s => s.Open(Assert.Single(s.Pairs.Keys), at));
    }

    private static MatcherCommands.Enqueue Of(string id, params Gender[] preferred) =>
        new(new(id), Mode.Chat, new() { UserId = id, Nickname = id, Gender = Gender.Other, Age = 30, PreferredGenders = { preferred } });
}
