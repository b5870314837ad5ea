namespace WebChat.Actors.Matching;

/// <summary>The ages, age bounds and languages that occur among one or more users.</summary>
internal readonly struct Extent
{
    private readonly ulong _languages;
    private readonly byte _youngest;
    private readonly byte _oldest;
    private readonly byte _lowestMin;
    private readonly byte _highestMax;

    /// <summary>The extent of one user.</summary>
    public Extent(in Traits traits)
        : this(traits.Languages, traits.Age, traits.Age, traits.AgeMin, traits.AgeMax)
    {
    }

    private Extent(ulong languages, byte youngest, byte oldest, byte lowestMin, byte highestMax) =>
        (_languages, _youngest, _oldest, _lowestMin, _highestMax) = (languages, youngest, oldest, lowestMin, highestMax);

    /// <summary>Whether a user in this extent may fit by age and language. For a single user the answer by age is exact.</summary>
    public bool MayFit(in Traits other) =>
        (_languages & other.Languages) != 0
        && _youngest <= other.AgeMax && _oldest >= other.AgeMin
        && _lowestMin <= other.Age && _highestMax >= other.Age;

    /// <summary>The extent of both together.</summary>
    public Extent And(in Extent other) => new(
        _languages | other._languages,
        Math.Min(_youngest, other._youngest),
        Math.Max(_oldest, other._oldest),
        Math.Min(_lowestMin, other._lowestMin),
        Math.Max(_highestMax, other._highestMax));
}
