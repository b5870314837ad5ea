using FsCheck.Xunit;
using WebChat.Actors.Matching;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;
using static WebChat.V1.Profile.Types;

namespace WebChat.Tests.Actors.Matching;

public sealed class MatchPoolTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Who_has_waited_longest_of_those_who_fit_is_the_partner()
    {
        var pool = MatchPool.Empty
            .Add(Mode.Chat, Somebody("picky", Gender.Female, Gender.Other), Start)
            .Add(Mode.Chat, Somebody("first", Gender.Female), Start.AddSeconds(1))
            .Add(Mode.Chat, Somebody("second", Gender.Female, Gender.Male), Start.AddSeconds(2));

        var partner = pool.Partner(Mode.Chat, Somebody("new", Gender.Male, Gender.Female));

        Assert.Equal("first", partner!.Seeker.UserId);
    }

    [Fact]
    public void Nobody_is_paired_across_modes()
    {
        var pool = MatchPool.Empty.Add(Mode.Voice, Somebody("voice", Gender.Female), Start);

        Assert.Null(pool.Partner(Mode.Chat, Somebody("chat", Gender.Male)));
    }

    [Fact]
    public void Nobody_is_paired_with_oneself()
    {
        var pool = MatchPool.Empty.Add(Mode.Chat, Somebody("alone", Gender.Other), Start);

        Assert.Null(pool.Partner(Mode.Chat, Somebody("alone", Gender.Other)));
    }

    [Fact]
    public void Who_is_taken_out_is_no_partner_any_more()
    {
        var pool = MatchPool.Empty.Add(Mode.Chat, Somebody("gone", Gender.Female), Start).Remove(new("gone"));

        Assert.Null(pool.Partner(Mode.Chat, Somebody("new", Gender.Male)));
        Assert.Equal(0, pool.Count);
    }

    [Property(MaxTest = 300)]
    public void A_pool_that_pairs_each_newcomer_never_keeps_two_who_fit(Arrival[] arrivals)
    {
        var pool = MatchPool.Empty;
        var paired = new HashSet<string>();
        for (var i = 0; i < arrivals.Length; i++)
        {
            var seeker = arrivals[i].As($"user{i}");
            if (pool.Partner(Mode.Chat, seeker) is { } partner)
            {
                Assert.True(Fit(partner.Seeker, seeker));
                Assert.True(paired.Add(partner.Seeker.UserId) && paired.Add(seeker.UserId), "somebody was paired twice");
                pool = pool.Remove(new(partner.Seeker.UserId));
            }
            else
            {
                pool = pool.Add(Mode.Chat, seeker, Start.AddSeconds(i));
            }
        }

        var waiting = pool.People.Select(person => person.Seeker).ToList();
        Assert.Equal(arrivals.Length, waiting.Count + paired.Count);
        Assert.DoesNotContain(waiting.SelectMany((a, i) => waiting.Skip(i + 1).Select(b => (a, b))), pair => Fit(pair.a, pair.b));
    }

    [Property(MaxTest = 100)]
    public void The_partner_is_the_one_that_a_plain_search_through_all_finds(Arrival[] waiting, Arrival newcomer)
    {
        var pool = MatchPool.Empty;
        for (var i = 0; i < waiting.Length; i++)
            pool = pool.Add(Mode.Chat, waiting[i].As($"user{i}"), Start.AddSeconds(i));
        var seeker = newcomer.As("newcomer");

        var expected = pool.People.FirstOrDefault(person => Fit(person.Seeker, seeker));

        Assert.Equal(expected, pool.Partner(Mode.Chat, seeker));
    }

    private static Seeker Somebody(string id, Gender gender, params Gender[] preferred) =>
        new() { UserId = id, Nickname = id, Gender = gender, PreferredGenders = { preferred } };

    private static bool Fit(Seeker a, Seeker b) => Likes(a, b) && Likes(b, a);

    private static bool Likes(Seeker a, Seeker b) => a.PreferredGenders.Count == 0 || a.PreferredGenders.Contains(b.Gender);

    /// <summary>Somebody as FsCheck makes them up: a gender and a set of preferences, from small numbers.</summary>
    public sealed record Arrival(byte Gender, byte Preferred)
    {
        public Seeker As(string id) => new()
        {
            UserId = id,
            Nickname = id,
            Gender = (Gender)((Gender % 3) + 1),
            PreferredGenders = { Enumerable.Range(0, 3).Where(bit => (Preferred >> bit & 1) != 0).Select(bit => (Gender)(bit + 1)) },
        };
    }
}
