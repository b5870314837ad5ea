using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using WebChat.Actors.Users;
using WebChat.Edge.Errors;
using WebChat.V1;
using Gender = WebChat.V1.Profile.Types.Gender;

namespace WebChat.Edge.Services;

/// <summary>The rules for what a profile may say, and for naming its fields.</summary>
internal static partial class ProfileFields
{
    private const int OldestAge = 150;
    private const int MostLanguages = 20;

    /// <summary>The names, as in the contract, of the fields that a mask names: <c>*</c> for all. Fields that only the server writes are left out.</summary>
    public static IReadOnlyList<string> Named(IEnumerable<string> paths)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (path == "*")
                names.UnionWith(Profile.Descriptor.Fields.InDeclarationOrder().Select(field => field.Name));
            else
                names.Add(Find(path)?.Name ?? throw RejectedException.Invalid("update_mask", "names something that is not a field of a profile"));
        }
        names.Remove("has_avatar");
        return [.. names];
    }

    /// <summary>The names of the fields that say something, which is all that one can see of a message without a mask.</summary>
    public static IReadOnlyList<string> Present(Profile profile) =>
        Named(Profile.Descriptor.Fields.InDeclarationOrder().Where(field => Says(profile, field)).Select(field => field.Name));

    /// <summary>The profile with the named fields checked and in their one spelling; the others are not looked at.</summary>
    /// <param name="profile">What the client wrote.</param>
    /// <param name="fields">What the client wants to change.</param>
    /// <param name="today">Nobody is born later.</param>
    public static Profile Check(Profile profile, IReadOnlyList<string> fields, DateOnly today)
    {
        var result = new Profile();
        foreach (var field in fields)
        {
            switch (field)
            {
                case "nickname":
                    result.Nickname = Fields.Nickname(profile.Nickname).Value;
                    break;
                case "birth_date":
                    result.BirthDate = BirthDate(profile.BirthDate, today);
                    break;
                case "gender":
                    result.Gender = Enum.IsDefined(profile.Gender) ? profile.Gender : throw RejectedException.Invalid("gender", "is none of the known ones");
                    break;
                case "preferred_genders":
                    result.PreferredGenders.Add(profile.PreferredGenders.Select(Preferred).Distinct().Order());
                    break;
                case "age_min":
                    result.AgeMin = Age(profile.AgeMin, "age_min");
                    break;
                case "age_max":
                    result.AgeMax = Age(profile.AgeMax, "age_max");
                    break;
                case "languages":
                    result.Languages.Add(Languages(profile.Languages));
                    break;
                case "bio":
                    result.Bio = Bio.TryParse(profile.Bio, out var bio, out var why) ? bio.Value : throw RejectedException.Invalid("bio", why);
                    break;
                default:
                    throw new InvalidOperationException($"There is no rule for the field {field} of a profile.");
            }
        }
        if (result is { AgeMin: > 0, AgeMax: > 0 } && result.AgeMin > result.AgeMax)
            throw RejectedException.Invalid("age_max", "must not be less than age_min");
        return result;
    }

    private static FieldDescriptor? Find(string name) =>
        Profile.Descriptor.Fields.InDeclarationOrder().FirstOrDefault(field => field.Name == name || field.JsonName == name);

    private static bool Says(Profile profile, FieldDescriptor field) => field.Accessor.GetValue(profile) switch
    {
        System.Collections.ICollection many => many.Count > 0,
        string text => text.Length > 0,
        int number => number != 0,
        bool yes => yes,
        Enum value => Convert.ToInt32(value, CultureInfo.InvariantCulture) != 0,
        var other => throw new InvalidOperationException($"Nothing is known of the presence of {other?.GetType()}."),
    };

    private static string BirthDate(string text, DateOnly today)
    {
        if (text.Length == 0)
            return "";
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            throw RejectedException.Invalid("birth_date", "must be a date, YYYY-MM-DD");
        return date <= today && date > today.AddYears(-OldestAge) ? text : throw RejectedException.Invalid("birth_date", "must be the birth date of a living person");
    }

    private static Gender Preferred(Gender gender) => gender is not Gender.Unspecified && Enum.IsDefined(gender)
        ? gender
        : throw RejectedException.Invalid("preferred_genders", "has one that is none of the known ones");

    private static int Age(int years, string field) =>
        years is >= 0 and <= OldestAge ? years : throw RejectedException.Invalid(field, $"must be 0 to {OldestAge}");

    private static IEnumerable<string> Languages(IReadOnlyCollection<string> tags)
    {
        if (tags.Count > MostLanguages)
            throw RejectedException.Invalid("languages", $"must not have more than {MostLanguages} entries");
        if (!tags.All(tag => LanguageTag().IsMatch(tag)))
            throw RejectedException.Invalid("languages", "has one that is not a BCP 47 language tag");
        return tags.Distinct(StringComparer.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"\A(?=.{2,35}\z)[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\z")]
    private static partial Regex LanguageTag();
}
