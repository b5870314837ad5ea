using System.Globalization;
using Google.Protobuf.Collections;
using WebChat.V1;
using static WebChat.V1.Profile.Types;

namespace WebChat.Actors.Users;

/// <summary>The rules for profiles, for all ways to change one.</summary>
public static class ProfileRules
{
    /// <summary>The lowest age of a searching user, in years.</summary>
    public const int AdultAge = 18;

    /// <summary>The highest bound for a partner's age, in years.</summary>
    public const int OldestAge = 120;

    /// <summary>The most languages of a profile.</summary>
    public const int MostLanguages = 10;

    /// <summary>
    /// Checks and normalizes the changed fields. Null if all are valid, otherwise a rejection that names the first invalid one.
    /// </summary>
    /// <param name="profile">The profile after the change.</param>
    /// <param name="changed">The names of the changed fields, in the contract's snake_case.</param>
    /// <param name="today">The latest valid birth date.</param>
    public static Rejection? Check(Profile profile, IEnumerable<string> changed, DateOnly today)
    {
        foreach (var field in changed)
        {
            if (Fault(profile, field, today) is { } fault)
                return new(ErrorCode.InvalidArgument, $"{field} {fault}.", field);
        }

        return null;
    }

    /// <summary>A rejection that names all fields that a search needs and the profile lacks; null if there are none.</summary>
    public static Rejection? Missing(Profile profile, DateOnly today)
    {
        var missing = new List<(string Field, string What)>();
        if (profile.BirthDate.Length == 0)
            missing.Add(("birth_date", "a birth date (birth_date)"));
        else if (BirthDate.Parse(profile.BirthDate).AgeOn(today) < AdultAge)
            missing.Add(("birth_date", string.Create(CultureInfo.InvariantCulture, $"a birth date (birth_date) that makes you {AdultAge} or older")));
        if (profile.Gender == Gender.Unspecified)
            missing.Add(("gender", "a gender (gender)"));
        return missing.Count == 0
            ? null
            : new(ErrorCode.FailedPrecondition, $"Your profile must have {string.Join(" and ", missing.Select(m => m.What))}.", missing[0].Field);
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
                return Enum.IsDefined(profile.Gender) ? null : "is unknown";
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
            return "must not have unknown entries";
        return genders.Distinct().Count() < genders.Count ? "must not have duplicate entries" : null;
    }

    private static string? AgeBound(int years) => years is 0 or (>= AdultAge and <= OldestAge)
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"must be {AdultAge} to {OldestAge}, or 0 for no bound");

    private static bool InOrder(Profile profile) => profile.AgeMin == 0 || profile.AgeMax == 0 || profile.AgeMin <= profile.AgeMax;

    private static string? KeysOf(RepeatedField<string> keys, KeyList known, int most)
    {
        if (keys.Count > most)
            return string.Create(CultureInfo.InvariantCulture, $"must have at most {most} entries");
        if (keys.Any(key => !known.Contains(key)))
            return "must not have unknown entries";
        return keys.Distinct(StringComparer.Ordinal).Count() < keys.Count ? "must not have duplicate entries" : null;
    }

    private static string? Languages(RepeatedField<string> languages)
    {
        if (languages.Count > MostLanguages)
            return string.Create(CultureInfo.InvariantCulture, $"must have at most {MostLanguages} entries");
        for (var i = 0; i < languages.Count; i++)
        {
            if (!LanguageTag.TryParse(languages[i], out var tag))
                return "must have only BCP 47 language tags";
            languages[i] = tag.Value;
        }

        return languages.Distinct(StringComparer.Ordinal).Count() < languages.Count ? "must not have duplicate entries" : null;
    }
}
