using System.Numerics;

namespace WebChat.Actors.Matching;

/// <summary>
/// People by their user ids, as a tree that branches by five bits of the id's hash at a time: a change copies four short
/// arrays where a million people wait. Immutable.
/// </summary>
internal sealed class PeopleById
{
    private const int BitsPerLevel = 5;
    private const int HashBits = 32;

    // Which branches there are. Each is a person, a subtree, or, where the hash is used up, several people.
    private readonly uint _branches;
    private readonly object[] _slots;

    private PeopleById(uint branches, object[] slots)
    {
        _branches = branches;
        _slots = slots;
    }

    /// <summary>Nobody.</summary>
    public static PeopleById Empty { get; } = new(0, []);

    /// <summary>The person of an id; null if there is none.</summary>
    public WaitingPerson? Find(string id)
    {
        var hash = Hash(id);
        var tree = this;
        for (var level = 0; ; level += BitsPerLevel)
        {
            var branch = Branch(hash, level);
            if ((tree._branches & branch) == 0)
                return null;
            switch (tree._slots[tree.IndexOf(branch)])
            {
                case PeopleById subtree:
                    tree = subtree;
                    break;
                case WaitingPerson person:
                    return person.Seeker.UserId == id ? person : null;
                case WaitingPerson[] several:
                    return Array.Find(several, one => one.Seeker.UserId == id);
            }
        }
    }

    /// <summary>With one more, whose id nobody here has.</summary>
    public PeopleById Add(WaitingPerson person) => Add(person, Hash(person.Seeker.UserId), 0);

    /// <summary>Without one who is here.</summary>
    public PeopleById Remove(WaitingPerson person) => Remove(person, Hash(person.Seeker.UserId), 0);

    private PeopleById Add(WaitingPerson person, uint hash, int level)
    {
        var branch = Branch(hash, level);
        var at = IndexOf(branch);
        if ((_branches & branch) == 0)
            return new(_branches | branch, [.. _slots.AsSpan(0, at), person, .. _slots.AsSpan(at)]);
        return With(at, _slots[at] switch
        {
            PeopleById subtree => subtree.Add(person, hash, level + BitsPerLevel),
            WaitingPerson[] several => (WaitingPerson[])[.. several, person],
            WaitingPerson other when level + BitsPerLevel >= HashBits => (WaitingPerson[])[other, person],
            WaitingPerson other => Empty
                .Add(other, Hash(other.Seeker.UserId), level + BitsPerLevel)
                .Add(person, hash, level + BitsPerLevel),
            _ => throw new InvalidOperationException("A branch is of no known kind."),
        });
    }

    private PeopleById Remove(WaitingPerson person, uint hash, int level)
    {
        var branch = Branch(hash, level);
        var at = IndexOf(branch);
        return _slots[at] switch
        {
            // A subtree of one is not worth a branching.
            PeopleById subtree => With(at, subtree.Remove(person, hash, level + BitsPerLevel) is var left && left._slots is [WaitingPerson last] ? last : left),
            WaitingPerson[] { Length: 2 } two => With(at, ReferenceEquals(two[0], person) ? two[1] : two[0]),
            WaitingPerson[] several => With(at, several.Where(one => !ReferenceEquals(one, person)).ToArray()),
            _ => new(_branches & ~branch, [.. _slots.AsSpan(0, at), .. _slots.AsSpan(at + 1)]),
        };
    }

    private PeopleById With(int at, object slot)
    {
        var slots = (object[])_slots.Clone();
        slots[at] = slot;
        return new(_branches, slots);
    }

    private int IndexOf(uint branch) => BitOperations.PopCount(_branches & (branch - 1));

    private static uint Branch(uint hash, int level) => 1u << (int)(hash >> level & ((1 << BitsPerLevel) - 1));

    /// <summary>FNV-1a. Nobody chooses their own id, so that it need not be secret; and it is the same in every process.</summary>
    internal static uint Hash(string id)
    {
        var hash = 2166136261u;
        foreach (var letter in id)
            hash = (hash ^ letter) * 16777619u;
        return hash;
    }
}
