using System.Numerics;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using static WebChat.V1.Profile.Types;

namespace WebChat.Actors.Matching;

/// <summary>The data that decides how well two users fit, packed. Sets are bits. No preference is all bits; no bound is the widest bound.</summary>
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

    /// <summary>Packs a searching user's data.</summary>
    public Traits(Seeker seeker)
    {
        if (seeker.Gender == WebChat.V1.Profile.Types.Gender.Unspecified)
            throw new ArgumentException("A searching user must have a gender.", nameof(seeker));
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

    /// <summary>All three genders.</summary>
    public const int AllGenders = 7;

    /// <summary>The gender, as one bit.</summary>
    public int Gender { get; }

    /// <summary>The preferred genders, at least one bit.</summary>
    public int Preferred { get; }

    /// <summary>In whole years.</summary>
    public byte Age { get; }

    /// <summary>The lowest acceptable age of a partner.</summary>
    public byte AgeMin { get; }

    /// <summary>The highest acceptable age of a partner.</summary>
    public byte AgeMax { get; }

    /// <summary>A set of <see cref="Users.Needs.Keys"/>.</summary>
    public byte Needs { get; }

    /// <summary>A set of <see cref="Users.Interests.Keys"/>.</summary>
    public ulong Interests { get; }

    /// <summary>A bit for each common language, and one for all others, which <see cref="OtherLanguages"/> tells apart. All bits mean any language.</summary>
    public ulong Languages { get; }

    /// <summary>The languages without a bit of their own.</summary>
    public string[] OtherLanguages { get; }

    /// <summary>
    /// The points in common that the user hopes for: those of one need, if the user names any, and a third of those of the interests.
    /// Zero without needs and interests.
    /// </summary>
    public int Hope => (Needs == 0 ? 0 : PointsPerNeed) + (BitOperations.PopCount(Interests) / InterestsPerHope);

    /// <summary>What two users have in common, in points: three per need, one per interest.</summary>
    public int InCommon(in Traits other) =>
        PointsPerNeed * BitOperations.PopCount((uint)(Needs & other.Needs)) + BitOperations.PopCount(Interests & other.Interests);

    /// <summary>Whether the two users share a language.</summary>
    public bool CanTalkTo(in Traits other) =>
        (Languages & other.Languages & ~Other) != 0
        || Languages == AnyLanguage
        || other.Languages == AnyLanguage
        || ((Languages & other.Languages) != 0 && OtherLanguages.Intersect(other.OtherLanguages, StringComparer.Ordinal).Any());

    private static int Bit(Gender gender) => 1 << ((int)gender - 1);

    private static byte Years(int years) => (byte)Math.Clamp(years, 0, byte.MaxValue);
}
