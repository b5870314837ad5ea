using WebChat.Journal.V1;
using WebChat.V1;
using static WebChat.V1.Profile.Types;

namespace WebChat.Tests.Actors.Matching;

/// <summary>Somebody who comes, as FsCheck makes them up: from small numbers, so that some fit and some do not.</summary>
public sealed record Arrival(byte Gender, byte Preferred, byte Age, byte Younger, byte Older, byte Languages, byte Needs, byte Interests, byte Blocked)
{
    private static readonly string[] Tags = ["en", "de-AT", "tlh", "vro"];

    /// <summary>As a seeker.</summary>
    public Seeker As(int number) => new()
    {
        UserId = $"user{number}",
        Nickname = $"User {number}",
        Gender = (Gender)((Gender % 3) + 1),
        PreferredGenders = { Bits(Preferred, 3).Select(bit => (Gender)(bit + 1)) },
        Age = 18 + (Age % 40),
        AgeMin = Younger % 3 == 0 ? 0 : Math.Max(18, 18 + (Age % 40) - (Younger % 30)),
        AgeMax = Older % 3 == 0 ? 0 : 18 + (Age % 40) + (Older % 30),
        Languages = { Bits(Languages, Tags.Length).Select(bit => Tags[bit]) },
        Needs = { Bits(Needs, 4).Select(bit => WebChat.Actors.Users.Needs.Keys.All[bit]) },
        Interests = { Bits(Interests, 8).Select(bit => WebChat.Actors.Users.Interests.Keys.All[bit]) },
        Blocked = { Blocked % 4 == 0 ? [$"user{Blocked / 4}"] : Array.Empty<string>() },
    };

    /// <summary>The rules once more, as plainly as they can be said.</summary>
    public static bool Fit(Seeker a, Seeker b) => a.UserId != b.UserId && Wants(a, b) && Wants(b, a) && CanTalk(a, b);

    /// <summary>What two have in common, in points.</summary>
    public static int InCommon(Seeker a, Seeker b) => (3 * a.Needs.Intersect(b.Needs).Count()) + a.Interests.Intersect(b.Interests).Count();

    private static bool Wants(Seeker a, Seeker b) =>
        (a.PreferredGenders.Count == 0 || a.PreferredGenders.Contains(b.Gender))
        && (a.AgeMin == 0 || b.Age >= a.AgeMin)
        && (a.AgeMax == 0 || b.Age <= a.AgeMax)
        && !a.Blocked.Contains(b.UserId);

    private static bool CanTalk(Seeker a, Seeker b) =>
        a.Languages.Count == 0 || b.Languages.Count == 0
        || a.Languages.Select(tag => tag.Split('-')[0]).Intersect(b.Languages.Select(tag => tag.Split('-')[0])).Any();

    private static IEnumerable<int> Bits(int number, int count) => Enumerable.Range(0, count).Where(bit => (number >> bit & 1) != 0);
}
