using System.Collections.Frozen;

namespace WebChat.Actors.Users;

/// <summary>A fixed list of keys of which a profile names some. A set of them fits into 64 bits.</summary>
public sealed class KeyList
{
    private readonly FrozenDictionary<string, ulong> _bits;

    /// <param name="keys">At most 64, each once.</param>
    public KeyList(params string[] keys)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keys.Length, 64);
        All = keys;
        _bits = keys.Select((key, place) => KeyValuePair.Create(key, 1UL << place)).ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The keys, in order.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>Whether the list has the key.</summary>
    public bool Contains(string key) => _bits.ContainsKey(key);

    /// <summary>The bit of a key; 0 if it is not in the list.</summary>
    public ulong Bit(ReadOnlySpan<char> key) => _bits.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var bit) ? bit : 0;

    /// <summary>Keys as a set of bits. Keys that are not in the list are left out.</summary>
    public ulong Bits(IReadOnlyList<string> keys)
    {
        var bits = 0UL;
        for (var i = 0; i < keys.Count; i++)
            bits |= Bit(keys[i]);
        return bits;
    }
}
