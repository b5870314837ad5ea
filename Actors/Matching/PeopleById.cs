using System.Numerics;

namespace WebChat.Actors.Matching;

/// <summary>
/// Users by id, as a tree that branches by five bits of the id's hash at a time. A change among a million users copies four short
/// arrays. Immutable.
/// </summary>
internal sealed class PeopleById
{
    private const int BitsPerLevel = 5;
    private const int HashBits = 32;

    // The branches present. Each is a user, a subtree, or, where the hash is used up, several users.
    private readonly uint _branches;
    private readonly object[] _slots;

    private PeopleById(uint branches, object[] slots)
    {
        _branches = branches;
        _slots = slots;
    }

    /// <summary>The tree without users.</summary>
    public static PeopleById Empty { get; } = new(0, []);

    /// <summary>The user with an id; null if there is none.</summary>
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

    /// <summary>Adds a user that is not in the tree.</summary>
    public PeopleById Add(WaitingPerson person) => Add(person, Hash(person.Seeker.UserId), 0);

    /// <summary>Removes a user that is in the tree.</summary>
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
            // A subtree with a single user is replaced by that user.
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

    /// <summary>FNV-1a. Users cannot choose their ids, so the hash need not be secret. It is the same in every process.</summary>
    internal static uint Hash(string id)
    {
        var hash = 2166136261u;
        foreach (var letter in id)
            hash = (hash ^ letter) * 16777619u;
        return hash;
    }
}
