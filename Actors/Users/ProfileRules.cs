using System.Globalization;
using Google.Protobuf.Collections;
using WebChat.V1;
using static WebChat.V1.Profile.Types;

namespace WebChat.Actors.Users;

/// <summary>What a profile may say. Stands here once, for every way in which a profile can be changed.</summary>
public static class ProfileRules
{
    /// <summary>The youngest who may search, in years.</summary>
    public const int AdultAge = 18;

    /// <summary>The oldest partner whom one may ask for, in years.</summary>
    public const int OldestAge = 120;

    /// <summary>How many languages a profile may name.</summary>
    public const int MostLanguages = 10;

    /// <summary>
    /// Checks the fields that changed, and brings them into their one spelling. Null if all are good, else the rejection
    /// that names the first that is not.
    /// </summary>
    /// <param name="profile">The profile as it is to be.</param>
    /// <param name="changed">The names of the fields that changed, in the contract's snake_case.</param>
    /// <param name="today">Nobody is born later.</param>
    public static Rejection? Check(Profile profile, IEnumerable<string> changed, DateOnly today)
    {
        foreach (var field in changed)
        {
            if (Fault(profile, field, today) is { } fault)
                return new(ErrorCode.InvalidArgument, $"{field} {fault}.", field);
        }

        return null;
    }

    /// <summary>What a search needs and the profile does not give: nothing, or a rejection that names all of it.</summary>
    public static Rejection? Missing(Profile profile, DateOnly today)
    {
        var missing = new List<(string Field, string What)>();
        if (profile.BirthDate.Length == 0)
            missing.Add(("birth_date", "your birth date (birth_date)"));
        else if (BirthDate.Parse(profile.BirthDate).AgeOn(today) < AdultAge)
            missing.Add(("birth_date", string.Create(CultureInfo.InvariantCulture, $"a birth date (birth_date) that makes you {AdultAge} or older")));
        if (profile.Gender == Gender.Unspecified)
            missing.Add(("gender", "your gender (gender)"));
        return missing.Count == 0
            ? null
            : new(ErrorCode.FailedPrecondition, $"To search, your profile needs {string.Join(" and ", missing.Select(m => m.What))}.", missing[0].Field);
    }

    private static string? Fault(Profile profile, string field, DateOnly today)
    {
        string? why;
        switch (field)
        {
            case "nickname":
                if (Nickname.TryParse(profile.Nickname, out var nickname, out why))
                    profile.Nickname = nickname.Value;
                return why;
            case "birth_date":
                return profile.BirthDate.Length == 0 || BirthDate.TryParse(profile.BirthDate, today, out _, out why) ? null : why;
            case "gender":
                return Enum.IsDefined(profile.Gender) ? null : "is none of the known ones";
            case "preferred_genders":
                return PreferredGenders(profile.PreferredGenders);
            case "age_min":
                return AgeBound(profile.AgeMin) ?? (InOrder(profile) ? null : "must not be more than age_max");
            case "age_max":
                return AgeBound(profile.AgeMax) ?? (InOrder(profile) ? null : "must not be less than age_min");
            case "needs":
                return KeysOf(profile.Needs, Needs.Keys, Needs.Keys.All.Count);
            case "interests":
                return KeysOf(profile.Interests, Interests.Keys, Interests.Most);
            case "languages":
                return Languages(profile.Languages);
            case "bio":
                if (Bio.TryParse(profile.Bio, out var bio, out why))
                    profile.Bio = bio.Value;
                return why;
            default:
                return "cannot be changed this way";
        }
    }

    private static string? PreferredGenders(RepeatedField<Gender> genders)
    {
        if (genders.Any(gender => gender == Gender.Unspecified || !Enum.IsDefined(gender)))
            return "has one that is none of the known ones";
        return genders.Distinct().Count() < genders.Count ? "names one twice" : null;
    }

    private static string? AgeBound(int years) => years is 0 or (>= AdultAge and <= OldestAge)
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"must be {AdultAge} to {OldestAge}, or 0 for no bound");

    private static bool InOrder(Profile profile) => profile.AgeMin == 0 || profile.AgeMax == 0 || profile.AgeMin <= profile.AgeMax;

    private static string? KeysOf(RepeatedField<string> keys, KeyList known, int most)
    {
        if (keys.Count > most)
            return string.Create(CultureInfo.InvariantCulture, $"must not have more than {most} entries");
        if (keys.Any(key => !known.Contains(key)))
            return "has one that is none of the known ones";
        return keys.Distinct(StringComparer.Ordinal).Count() < keys.Count ? "names one twice" : null;
    }

    private static string? Languages(RepeatedField<string> languages)
    {
        if (languages.Count > MostLanguages)
            return string.Create(CultureInfo.InvariantCulture, $"must not have more than {MostLanguages} entries");
        for (var i = 0; i < languages.Count; i++)
        {
            if (!LanguageTag.TryParse(languages[i], out var tag))
                return "has one that is not a BCP 47 language tag";
            languages[i] = tag.Value;
        }

        return languages.Distinct(StringComparer.Ordinal).Count() < languages.Count ? "names one twice" : null;
    }
}
