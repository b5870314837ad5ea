using FsCheck.Xunit;
using WebChat.Actors.Matching;
using WebChat.Journal.V1;
using WebChat.V1;
using static WebChat.V1.Profile.Types;

namespace WebChat.Tests.Actors.Matching;

public sealed class MatchPoolTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Start.AddMinutes(1);
    private static readonly MatchRules Rules = new(Patience: TimeSpan.FromSeconds(15), RematchAfter: TimeSpan.FromHours(24));

    [Fact]
    public void The_partner_is_the_fitting_user_that_has_waited_longest()
    {
        var pool = MatchPool.Empty
            .Add(Mode.Chat, NewSeeker("picky", Gender.Female, Gender.Other), Start)
            .Add(Mode.Chat, NewSeeker("first", Gender.Female), Start.AddSeconds(1))
            .Add(Mode.Chat, NewSeeker("second", Gender.Female, Gender.Male), Start.AddSeconds(2));

        Assert.Equal("first", Partner(pool, NewSeeker("new", Gender.Male, Gender.Female)));
    }

    [Fact]
    public void Users_of_different_modes_are_not_paired()
    {
        var pool = MatchPool.Empty.Add(Mode.Voice, NewSeeker("voice", Gender.Female), Start);

        Assert.Null(Partner(pool, NewSeeker("chat", Gender.Male)));
    }

    [Fact]
    public void A_user_is_not_paired_with_itself()
    {
        var pool = MatchPool.Empty.Add(Mode.Chat, NewSeeker("alone", Gender.Other), Start);

        Assert.Null(Partner(pool, NewSeeker("alone", Gender.Other)));
    }

    [Fact]
    public void A_removed_user_is_not_a_partner()
    {
        var pool = MatchPool.Empty.Add(Mode.Chat, NewSeeker("gone", Gender.Female), Start).Remove(new("gone"));

        Assert.Null(Partner(pool, NewSeeker("new", Gender.Male)));
        Assert.Equal(0, pool.Count);
    }

    [Theory]
    [InlineData(30, 0, 0, true)]
    [InlineData(30, 30, 30, true)]
    [InlineData(30, 31, 0, false)]
    [InlineData(30, 0, 29, false)]
    public void Partners_have_an_age_that_the_other_accepts(int age, int min, int max, bool fits)
    {
        Seeker of = With("of age", seeker => seeker.Age = age), asking = With("asking", seeker => (seeker.Age, seeker.AgeMin, seeker.AgeMax) = (50, min, max));

        Assert.Equal(fits, Partner(MatchPool.Empty.Add(Mode.Chat, of, Start), asking) is not null);
        Assert.Equal(fits, Partner(MatchPool.Empty.Add(Mode.Chat, asking, Start), of) is not null);
    }

    [Theory]
    [InlineData("en-GB", "en-US fr", true)]
    [InlineData("en de", "fr", false)]
    [InlineData("", "fr", true)]
    [InlineData("vro", "vro-EE", true)]
    [InlineData("vro", "", true)]
    [InlineData("vro", "tlh", false)]
    public void Partners_have_a_language_in_common_whatever_its_region(string one, string other, bool fits)
    {
        Seeker a = With("a", seeker => seeker.Languages.Add(one.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Seeker b = With("b", seeker => seeker.Languages.Add(other.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        Assert.Equal(fits, Partner(MatchPool.Empty.Add(Mode.Chat, a, Start), b) is not null);
        Assert.Equal(fits, Partner(MatchPool.Empty.Add(Mode.Chat, b, Start), a) is not null);
    }

    [Fact]
    public void A_blocked_user_is_not_a_partner_in_either_direction()
    {
        Seeker blocking = With("blocking", seeker => seeker.Blocked.Add("blocked")), blocked = NewSeeker("blocked", Gender.Other);

        Assert.Null(Partner(MatchPool.Empty.Add(Mode.Chat, blocking, Start), blocked));
        Assert.Null(Partner(MatchPool.Empty.Add(Mode.Chat, blocked, Start), blocking));
    }

    [Fact]
    public void Users_that_have_met_are_kept_apart_for_a_day_unless_both_wait_over_a_minute()
    {
        var recent = RecentPairs.Empty.Add("a", "b", Start.AddHours(24).ToUnixTimeMilliseconds(), Start.ToUnixTimeMilliseconds());
        var pool = MatchPool.Empty.Add(Mode.Chat, NewSeeker("a", Gender.Other), Start);
        WaitingPerson? At(DateTimeOffset since, DateTimeOffset now) => pool.Partner(pool.Newcomer(Mode.Chat, NewSeeker("b", Gender.Other), since), recent, Rules, now);

        Assert.Null(At(Start.AddMinutes(2), Start.AddMinutes(2)));
        Assert.Null(At(Start.AddMinutes(2), Start.AddMinutes(3)));
        Assert.NotNull(At(Start.AddMinutes(2), Start.AddMinutes(3).AddMilliseconds(1)));
        Assert.Null(At(Start.AddHours(24).AddMilliseconds(-1), Start.AddHours(24).AddMilliseconds(-1)));
        Assert.NotNull(At(Start.AddHours(24), Start.AddHours(24)));
    }

    [Fact]
    public void A_user_with_more_in_common_comes_before_one_that_has_waited_a_little_longer()
    {
        var pool = MatchPool.Empty
            .Add(Mode.Chat, NewSeeker("longer", Gender.Other), Start)
            .Add(Mode.Chat, With("alike", seeker => seeker.Interests.Add("chess")), Start.AddSeconds(4))
            .Add(Mode.Chat, With("more alike", seeker => seeker.Needs.Add("talk")), Start.AddSeconds(13));
        var newcomer = With("new", seeker =>
        {
            seeker.Needs.Add("talk");
            seeker.Interests.Add("chess");
        });

        Assert.Equal("more alike", Partner(pool, newcomer));
        Assert.Equal("alike", Partner(pool.Remove(new("more alike")), newcomer));
        Assert.Equal("longer", Partner(pool.Remove(new("more alike")).Remove(new("alike")).Add(Mode.Chat, NewSeeker("alike", Gender.Other), Start.AddSeconds(4)), newcomer));
    }

    [Fact]
    public void A_hopeful_user_accepts_less_after_a_while()
    {
        var pool = MatchPool.Empty.Add(Mode.Chat, NewSeeker("unlike", Gender.Other), Start);
        var hoping = With("hoping", seeker => seeker.Needs.Add("marriage"));
        WaitingPerson? After(TimeSpan wait) => pool.Partner(pool.Newcomer(Mode.Chat, hoping, Now), RecentPairs.Empty, Rules, Now + wait);

        Assert.Null(After(TimeSpan.Zero));
        Assert.Null(After(Rules.Patience - TimeSpan.FromMilliseconds(1)));
        Assert.NotNull(After(Rules.Patience));
    }

    [Fact]
    public void A_waiting_user_keeps_the_place_after_a_change_of_profile()
    {
        var pool = MatchPool.Empty
            .Add(Mode.Chat, NewSeeker("first", Gender.Female), Start)
            .Add(Mode.Chat, NewSeeker("second", Gender.Female), Start.AddSeconds(1))
            .Add(Mode.Chat, NewSeeker("first", Gender.Male), Start);

        Assert.Equal(["first", "second"], pool.People.Select(person => person.Seeker.UserId));
        Assert.Equal(Gender.Male, pool.Find(new("first"))!.Seeker.Gender);
    }

    [Fact]
    public void Waiting_users_stay_in_the_order_of_arrival_however_many_come_and_go()
    {
        var random = new Random(7);
        var pool = MatchPool.Empty;
        var expected = new List<string>();
        for (var i = 0; i < 6_000; i++)
        {
            if (expected.Count > 0 && random.Next(100) < (i < 3_000 ? 30 : 70))
            {
                var at = random.Next(expected.Count);
                pool = pool.Remove(new(expected[at]));
                expected.RemoveAt(at);
            }
            else
            {
                pool = pool.Add((Mode)(1 + random.Next(2)), Made(random).As(i), Start.AddSeconds(i));
                expected.Add($"user{i}");
            }

            if (i % 100 == 0)
                Assert.Equal(expected, pool.People.Select(person => person.Seeker.UserId));
        }

        var from = pool.People.ElementAt(expected.Count / 2).Ticket;
        Assert.Equal(expected[(expected.Count / 2)..], pool.From(from).Select(person => person.Seeker.UserId));
    }

    [Fact]
    public void The_one_fitting_user_among_many_is_found()
    {
        var random = new Random(11);
        var pool = MatchPool.Empty;
        for (var i = 0; i < 3_000; i++)
        {
            var seeker = Made(random).As(i);
            seeker.Blocked.Add("new");
            pool = pool.Add(Mode.Chat, seeker, Start);
        }

        var newcomer = NewSeeker("new", Gender.Female);
        Assert.Null(Partner(pool, newcomer));
        Assert.Equal("the one", Partner(pool.Add(Mode.Chat, NewSeeker("the one", Gender.Other), Now), newcomer));
    }

    [Property(MaxTest = 300)]
    public void A_fitting_user_is_found_and_the_best_of_a_few_is_chosen(Arrival[] waiting, Arrival newcomer)
    {
        var people = waiting.Take(16).Select((arrival, i) => arrival.As(i)).ToList();
        var seeker = newcomer.As(100);
        var pool = people.Select((person, i) => (person, i)).Aggregate(MatchPool.Empty, (p, one) => p.Add(Mode.Chat, one.person, Start.AddSeconds(one.i)));
        var later = Now + Rules.Patience;

        var partner = pool.Partner(pool.Newcomer(Mode.Chat, seeker, Now), RecentPairs.Empty, Rules, later);

        // Four users are compared in any line, so up to four are all compared.
        var fitting = pool.People.Where(person => Arrival.Fit(person.Seeker, seeker)).ToList();
        Assert.Equal(fitting.Count == 0, partner is null);
        Assert.True(partner is null || fitting.Contains(partner));
        if (fitting.Count is > 0 and <= 4)
            Assert.Equal(fitting.Max(Score), Score(partner!));

        double Score(WaitingPerson person) => (5 * Arrival.InCommon(person.Seeker, seeker)) + (later - person.Since).TotalSeconds;
    }

    private static string? Partner(MatchPool pool, Seeker newcomer) =>
        pool.Partner(pool.Newcomer(Mode.Chat, newcomer, Now - Rules.Patience), RecentPairs.Empty, Rules, Now)?.Seeker.UserId;

    private static Seeker NewSeeker(string id, Gender gender, params Gender[] preferred) =>
        new() { UserId = id, Nickname = id, Gender = gender, Age = 30, PreferredGenders = { preferred } };

    private static Seeker With(string id, Action<Seeker> more)
    {
        var seeker = NewSeeker(id, Gender.Other);
        more(seeker);
        return seeker;
    }

    private static Arrival Made(Random random)
    {
        var bytes = new byte[9];
        random.NextBytes(bytes);
        return new(bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7], bytes[8]);
    }
}
