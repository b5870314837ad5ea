using System.Numerics;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using static WebChat.V1.Profile.Types;

namespace WebChat.Actors.Matching;

/// <summary>What decides how two people fit, packed: sets are bits, no preference is all of them, no bound is the widest.</summary>
internal readonly struct Traits
{
    private const int PointsPerNeed = 3;
    private const int InterestsPerHope = 3;
    private const ulong Other = 1UL << 63;
    private const ulong AnyLanguage = ulong.MaxValue;

    private static readonly KeyList CommonLanguages = new(
        "af", "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et",
        "eu", "fa", "fi", "fr", "ga", "gl", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja",
        "ka", "kk", "km", "kn", "ko", "ku", "lt", "lv", "mk", "ml", "mr", "ms", "nl", "no", "pa", "pl",
        "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "te", "th", "tr", "uk", "zh");

    /// <summary>The traits of somebody who searches.</summary>
    public Traits(Seeker seeker)
    {
        if (seeker.Gender == WebChat.V1.Profile.Types.Gender.Unspecified)
            throw new ArgumentException("Who has not said their gender cannot search.", nameof(seeker));
        Gender = Bit(seeker.Gender);
        foreach (var gender in seeker.PreferredGenders)
            Preferred |= Bit(gender);
        if (Preferred == 0)
            Preferred = AllGenders;
        Age = Years(seeker.Age);
        AgeMin = Years(seeker.AgeMin);
        AgeMax = seeker.AgeMax == 0 ? byte.MaxValue : Years(seeker.AgeMax);
        Needs = (byte)Users.Needs.Keys.Bits(seeker.Needs);
        Interests = Users.Interests.Keys.Bits(seeker.Interests);
        OtherLanguages = [];
        foreach (var tag in seeker.Languages)
        {
            var language = new LanguageTag(tag).Language;
            if (CommonLanguages.Bit(language) is var bit and not 0)
                Languages |= bit;
            else
                (Languages, OtherLanguages) = (Languages | Other, [.. OtherLanguages, language.ToString()]);
        }

        if (seeker.Languages.Count == 0)
            Languages = AnyLanguage;
    }

    /// <summary>All three of them.</summary>
    public const int AllGenders = 7;

    /// <summary>One bit.</summary>
    public int Gender { get; }

    /// <summary>At least one bit.</summary>
    public int Preferred { get; }

    /// <summary>In whole years.</summary>
    public byte Age { get; }

    /// <summary>The youngest partner.</summary>
    public byte AgeMin { get; }

    /// <summary>The oldest partner.</summary>
    public byte AgeMax { get; }

    /// <summary>A set of <see cref="Users.Needs.Keys"/>.</summary>
    public byte Needs { get; }

    /// <summary>A set of <see cref="Users.Interests.Keys"/>.</summary>
    public ulong Interests { get; }

    /// <summary>A bit for each common language, and one for all others, which <see cref="OtherLanguages"/> tells apart. All bits: any language.</summary>
    public ulong Languages { get; }

    /// <summary>The languages that have no bit of their own.</summary>
    public string[] OtherLanguages { get; }

    /// <summary>
    /// The points that one would like a partner to have in common with oneself: that of a need, if any is named, and a third
    /// of the interests. Who says nothing hopes for nothing.
    /// </summary>
    public int Hope => (Needs == 0 ? 0 : PointsPerNeed) + (BitOperations.PopCount(Interests) / InterestsPerHope);

    /// <summary>What two have in common, in points: three for a need, one for an interest.</summary>
    public int InCommon(in Traits other) =>
        PointsPerNeed * BitOperations.PopCount((uint)(Needs & other.Needs)) + BitOperations.PopCount(Interests & other.Interests);

    /// <summary>Whether there is a language that both know.</summary>
    public bool CanTalkTo(in Traits other) =>
        (Languages & other.Languages & ~Other) != 0
        || Languages == AnyLanguage
        || other.Languages == AnyLanguage
        || ((Languages & other.Languages) != 0 && OtherLanguages.Intersect(other.OtherLanguages, StringComparer.Ordinal).Any());

    private static int Bit(Gender gender) => 1 << ((int)gender - 1);

    private static byte Years(int years) => (byte)Math.Clamp(years, 0, byte.MaxValue);
}
