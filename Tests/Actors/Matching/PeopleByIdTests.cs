using WebChat.Actors.Matching;
using WebChat.V1;
using static WebChat.V1.Profile.Types;

namespace WebChat.Tests.Actors.Matching;

public sealed class PeopleByIdTests
{
    [Fact]
    public void Users_are_found_however_many_come_and_go()
    {
        var random = new Random(5);
        var people = PeopleById.Empty;
        var expected = new Dictionary<string, WaitingPerson>();
        for (var i = 0; i < 20_000; i++)
        {
            var id = $"{random.Next(3_000)}";
            if (expected.Remove(id, out var there))
            {
                people = people.Remove(there);
            }
            else
            {
                expected.Add(id, Person(id));
                people = people.Add(expected[id]);
            }
        }

        Assert.All(Enumerable.Range(0, 3_000).Select(i => $"{i}"), id => Assert.Same(expected.GetValueOrDefault(id), people.Find(id)));
    }

    [Fact]
    public void Users_with_the_same_hash_are_told_apart()
    {
        var random = new Random(3);
        var alike = Enumerable.Range(0, 300_000).Select(_ => $"{random.NextInt64():x16}").GroupBy(PeopleById.Hash).First(group => group.Count() > 1).ToList();
        Assert.Equal(2, alike.Count);
        var (one, other, third) = (Person(alike[0]), Person(alike[1]), Person("third"));

        var both = PeopleById.Empty.Add(one).Add(third).Add(other);

        Assert.Same(one, both.Find(alike[0]));
        Assert.Same(other, both.Find(alike[1]));
        Assert.Null(both.Remove(one).Find(alike[0]));
        Assert.Same(other, both.Remove(one).Find(alike[1]));
        Assert.Null(both.Remove(other).Remove(one).Find(alike[0]));
        Assert.Same(third, both.Remove(other).Remove(one).Find("third"));
    }

    private static WaitingPerson Person(string id) =>
        new(0, DateTimeOffset.UnixEpoch, Mode.Chat, new() { UserId = id, Gender = Gender.Other });
}
