using WebChat.Actors;
using WebChat.Actors.Users;
using WebChat.V1;
using static WebChat.V1.Profile.Types;

namespace WebChat.Tests.Actors.Users;

public sealed class ProfileRulesTests
{
    private static readonly DateOnly Today = new(2030, 3, 1);

    public static TheoryData<string, Profile> Faults => new()
    {
        { "nickname", new() { Nickname = " " } },
        { "nickname", new() { Nickname = new('n', 31) } },
        { "birth_date", new() { BirthDate = "1.3.2000" } },
        { "birth_date", new() { BirthDate = "2001-02-29" } },
        { "birth_date", new() { BirthDate = "1899-12-31" } },
        { "birth_date", new() { BirthDate = "2030-03-01" } },
        { "gender", new() { Gender = (Gender)9 } },
        { "preferred_genders", new() { PreferredGenders = { Gender.Unspecified } } },
        { "preferred_genders", new() { PreferredGenders = { Gender.Male, Gender.Male } } },
        { "age_min", new() { AgeMin = 17 } },
        { "age_min", new() { AgeMin = 40, AgeMax = 39 } },
        { "age_max", new() { AgeMax = 121 } },
        { "age_max", new() { AgeMin = 40, AgeMax = 39 } },
        { "needs", new() { Needs = { "money" } } },
        { "needs", new() { Needs = { "talk", "talk" } } },
        { "interests", new() { Interests = { "Chess" } } },
        { "interests", new() { Interests = { "chess", "chess" } } },
        { "interests", new() { Interests = { Interests.Keys.All.Take(11) } } },
        { "languages", new() { Languages = { "deutsch!" } } },
        { "languages", new() { Languages = { "en-GB", "EN-gb" } } },
        { "languages", new() { Languages = { "aa", "ab", "ae", "af", "ak", "am", "an", "ar", "as", "av", "ay" } } },
        { "bio", new() { Bio = new('b', 501) } },
        { "has_avatar", new() { HasAvatar = true } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void An_invalid_field_is_named(string field, Profile profile)
    {
        var fault = ProfileRules.Check(profile, [field], Today);

        Assert.Equal((ErrorCode.InvalidArgument, field), (fault!.Code, fault.Field));
        Assert.StartsWith(field, fault.Message);
    }

    [Fact]
    public void A_profile_may_use_every_limit()
    {
        var profile = new Profile
        {
            Nickname = " Åsa ",
            BirthDate = "1900-01-01",
            Gender = Gender.Other,
            PreferredGenders = { Gender.Other, Gender.Female, Gender.Male },
            AgeMin = 18,
            AgeMax = 120,
            Needs = { Needs.Keys.All },
            Interests = { Interests.Keys.All.Take(10) },
            Languages = { "EN-gb", "ZH-HANT-tw", "sr-latn", "de-1996", "es-419", "en-a-bb-x-y" },
            Bio = new('b', 500),
        };

        Assert.Null(ProfileRules.Check(profile, [.. Profile.Descriptor.Fields.InFieldNumberOrder().Select(f => f.Name).Where(name => name != "has_avatar")], Today));
        Assert.Equal("Åsa", profile.Nickname);
        Assert.Equal(["en-GB", "zh-Hant-TW", "sr-Latn", "de-1996", "es-419", "en-a-bb-x-y"], profile.Languages);
    }

    [Fact]
    public void An_empty_profile_lacks_only_a_name() =>
        Assert.Null(ProfileRules.Check(new(), [.. Profile.Descriptor.Fields.InFieldNumberOrder().Select(f => f.Name).Except(["has_avatar", "nickname"])], Today));

    [Fact]
    public void Unchanged_fields_are_not_checked() =>
        Assert.Null(ProfileRules.Check(new() { Needs = { "from an older list" } }, ["bio"], Today));

    [Theory]
    [InlineData("2012-03-01", 18)]
    [InlineData("2012-03-02", 17)]
    [InlineData("2012-02-29", 18)]
    [InlineData("2030-02-28", 0)]
    public void Age_is_counted_in_whole_years(string birthDate, int age) => Assert.Equal(age, BirthDate.Parse(birthDate).AgeOn(Today));

    [Fact]
    public void Interests_and_needs_are_distinct_keys_that_fit_into_a_set_of_bits()
    {
        foreach (var keys in new[] { Interests.Keys, Needs.Keys })
        {
            Assert.Equal(keys.All.Count, keys.All.Distinct().Count());
            Assert.All(keys.All, key => Assert.Matches("^[a-z_]+$", key));
            Assert.Equal(keys.All.Count, System.Numerics.BitOperations.PopCount(keys.Bits([.. keys.All, "unknown"])));
        }
    }
}
