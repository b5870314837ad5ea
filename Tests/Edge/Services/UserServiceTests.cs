using WebChat.V1;
using Gender = WebChat.V1.Profile.Types.Gender;

namespace WebChat.Tests.Edge.Services;

public class UserServiceTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    [Fact]
    public async Task Only_the_fields_in_the_body_change_also_to_empty_values()
    {
        var token = (await server.SignUp("Al")).AccessToken;
        await Patch(token, """{"bio": " me ", "gender": "OTHER", "preferredGenders": ["MALE", "FEMALE"], "birthDate": "2000-02-29", "ageMin": 18, "ageMax": 30, "languages": ["DE-at", "en"], "needs": ["talk"], "interests": ["chess", "art"]}""");

        var changed = (await Patch(token, """{"bio": "", "age_max": 0}""")).As<Profile>();
        Assert.Equal(
            new Profile
            {
                Nickname = "Al",
                Gender = Gender.Other,
                PreferredGenders = { Gender.Male, Gender.Female },
                BirthDate = "2000-02-29",
                AgeMin = 18,
                Needs = { "talk" },
                Interests = { "chess", "art" },
                Languages = { "de-AT", "en" },
            },
            changed);
        Assert.Equal(changed, (await server.Call("GET", "/v1/profile", token: token)).As<Profile>());
    }

    [Theory]
    [InlineData("updateMask=bio")]
    [InlineData("update_mask=bio,")]
    public async Task A_mask_selects_the_fields_to_change(string query)
    {
        var token = (await server.SignUp("Al")).AccessToken;
        var changed = (await server.Call("PATCH", $"/v1/profile?{query}", """{"bio": "me", "nickname": "Bo"}""", token)).As<Profile>();
        Assert.Equal(("me", "Al"), (changed.Bio, changed.Nickname));
    }

    [Fact]
    public async Task A_field_in_the_mask_but_not_in_the_body_is_cleared()
    {
        var token = (await server.SignUp("Al")).AccessToken;
        await Patch(token, """{"bio": "me", "languages": ["de"], "birthDate": "2000-02-29"}""");
        Assert.Equal(new Profile { Nickname = "Al", Bio = "me" }, (await server.Call("PATCH", "/v1/profile?updateMask=languages,birthDate", "{}", token)).As<Profile>());
    }

    [Fact]
    public async Task A_mask_cannot_name_an_unknown_field() =>
        (await server.Call("PATCH", "/v1/profile?updateMask=shoeSize", "{}", (await server.SignUp()).AccessToken)).IsError(400, "invalid_argument", "update_mask");

    [Fact]
    public async Task Read_only_fields_are_ignored()
    {
        var token = (await server.SignUp("Al")).AccessToken;
        Assert.Equal(new Profile { Nickname = "Al" }, (await Patch(token, """{"hasAvatar": true}""")).As<Profile>());
    }

    [Theory]
    [InlineData("""{"nickname": " "}""", "nickname")]
    [InlineData("""{"birthDate": "29.2.2000"}""", "birth_date")]
    [InlineData("""{"birthDate": "2001-02-29"}""", "birth_date")]
    [InlineData("""{"birthDate": "2999-01-01"}""", "birth_date")]
    [InlineData("""{"birthDate": "1700-01-01"}""", "birth_date")]
    [InlineData("""{"gender": 9}""", "gender")]
    [InlineData("""{"preferredGenders": ["GENDER_UNSPECIFIED"]}""", "preferred_genders")]
    [InlineData("""{"preferredGenders": [9]}""", "preferred_genders")]
    [InlineData("""{"ageMin": -1}""", "age_min")]
    [InlineData("""{"ageMax": 121}""", "age_max")]
    [InlineData("""{"ageMin": 30, "ageMax": 29}""", "age_min")]
    [InlineData("""{"needs": ["money"]}""", "needs")]
    [InlineData("""{"interests": ["art", "art"]}""", "interests")]
    [InlineData("""{"languages": ["deutsch!"]}""", "languages")]
    [InlineData("""{"bio": "\u0000"}""", "bio")]
    public async Task An_invalid_field_is_named(string json, string field)
    {
        var token = (await server.SignUp("Al")).AccessToken;
        (await Patch(token, json)).IsError(400, "invalid_argument", field);
        Assert.Equal(new Profile { Nickname = "Al" }, (await server.Call("GET", "/v1/profile", token: token)).As<Profile>());
    }

    private Task<JsonAnswer> Patch(string token, string json) => server.Call("PATCH", "/v1/profile", json, token);
}
