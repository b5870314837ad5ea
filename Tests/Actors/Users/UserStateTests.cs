using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;
using static WebChat.V1.Profile.Types;

namespace WebChat.Tests.Actors.Users;

public sealed class UserStateTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly UserId Id = UserId.New(Now);

    [Fact]
    public void Only_the_named_fields_change()
    {
        var user = Created()
            .After(s => s.Update(new() { Bio = "I like tea", Gender = Gender.Female }, ["bio", "gender"], Now))
            .After(s => s.Update(new() { Bio = "ignored", PreferredGenders = { Gender.Male, Gender.Other } }, ["preferred_genders"], Now));

        Assert.Equal(new Profile { Nickname = "Ann", Bio = "I like tea", Gender = Gender.Female, PreferredGenders = { Gender.Male, Gender.Other } }, user.Profile);
    }

    [Fact]
    public void A_named_field_without_a_value_is_cleared()
    {
        var user = Created()
            .After(s => s.Update(new() { Bio = "tea", PreferredGenders = { Gender.Male } }, ["bio", "preferred_genders"], Now))
            .After(s => s.Update(new(), ["bio", "preferred_genders"], Now));

        Assert.Equal(new Profile { Nickname = "Ann" }, user.Profile);
    }

    [Theory]
    [InlineData("shoe_size")]
    [InlineData("has_avatar")]
    public void An_unknown_or_read_only_field_is_refused(string field) =>
        Assert.Equal(ErrorCode.InvalidArgument, Created().Update(new(), [field], Now).Rejection?.Code);

    [Fact]
    public void All_fields_that_a_search_needs_and_the_profile_lacks_are_named_at_once()
    {
        var missing = Created().Search(Id, Now, out var seeker).Rejection;

        Assert.Null(seeker);
        Assert.Equal(ErrorCode.FailedPrecondition, missing?.Code);
        Assert.Equal("birth_date", missing?.Field);
        Assert.Contains("birth_date", missing!.Message);
        Assert.Contains("gender", missing.Message);
    }

    [Theory]
    [InlineData("2012-01-02", true)]
    [InlineData("2012-01-03", false)]
    public void A_searching_user_must_be_eighteen_on_that_day(string birthDate, bool mayOnThatDay)
    {
        var user = Created().After(s => s.Update(new() { BirthDate = birthDate, Gender = Gender.Male }, ["birth_date", "gender"], Now));

        Assert.Equal(mayOnThatDay, user.Search(Id, Now, out _).Rejection is null);
        Assert.Null(user.Search(Id, Now.AddDays(1), out _).Rejection);
    }

    [Fact]
    public void The_matcher_receives_the_age_and_the_preferences_but_not_the_birth_date()
    {
        var profile = new Profile
        {
            BirthDate = "1999-12-31",
            Gender = Gender.Female,
            PreferredGenders = { Gender.Male },
            AgeMin = 25,
            AgeMax = 40,
            Needs = { "talk" },
            Interests = { "chess", "wine" },
            Languages = { "de-AT", "en" },
        };
        var user = Created().After(s => s.Update(
            profile, ["birth_date", "gender", "preferred_genders", "age_min", "age_max", "needs", "interests", "languages"], Now));

        user.Search(Id, Now, out var seeker);

        Assert.Equal(
            new Seeker
            {
                UserId = Id.Value,
                Nickname = "Ann",
                Gender = Gender.Female,
                PreferredGenders = { Gender.Male },
                Age = 30,
                AgeMin = 25,
                AgeMax = 40,
                Needs = { "talk" },
                Interests = { "chess", "wine" },
                Languages = { "de-AT", "en" },
            },
            seeker);
    }

    [Fact]
    public void A_user_in_a_pair_cannot_search()
    {
        var user = Created()
            .After(s => s.Update(new() { BirthDate = "1990-01-02", Gender = Gender.Other }, ["birth_date", "gender"], Now))
            .After(s => s.Enter(RoomId.New(Now), Room.Types.Kind.Pair, Now));

        Assert.Equal(ErrorCode.FailedPrecondition, user.Search(Id, Now, out var seeker).Rejection?.Code);
        Assert.Null(seeker);
    }

    [Fact]
    public void A_user_is_in_at_most_twenty_groups()
    {
        var user = Created();
        var first = RoomId.New(Now);
        user = user.After(s => s.Enter(first, Room.Types.Kind.Group, Now));
        for (var i = 1; i < UserState.MaxGroups; i++)
            user = user.After(s => s.Enter(RoomId.New(Now), Room.Types.Kind.Group, Now));

        Assert.Equal(ErrorCode.FailedPrecondition, user.EnterGroup(RoomId.New(Now)).Rejection?.Code);
        Assert.Null(user.EnterGroup(first).Rejection);
        Assert.Null(user.After(s => s.Exit(first, Now)).EnterGroup(RoomId.New(Now)).Rejection);
    }

    [Fact]
    public void The_last_sixteen_requests_for_groups_are_known_by_the_ids_of_the_client()
    {
        var user = Created();
        var rooms = Enumerable.Range(0, 17).Select(_ => RoomId.New(Now)).ToList();
        foreach (var (i, room) in rooms.Index())
            user = user.After(s => s.Request(new ClientId($"{i}"), room, Now));
        user = user.After(s => s.Request(new ClientId("16"), RoomId.New(Now), Now)).After(s => s.Request(null, RoomId.New(Now), Now));

        Assert.Equal([null, .. rooms[1..]], Enumerable.Range(0, 17).Select(i => user.RoomOf(new ClientId($"{i}"))));
        Assert.Null(user.RoomOf(null));
    }

    [Fact]
    public void A_snapshot_restores_a_user()
    {
        var user = Created().After(s => s.Enter(RoomId.New(Now), Room.Types.Kind.Group, Now)).After(s => s.Request(new ClientId("1"), RoomId.New(Now), Now));

        Assert.Equal(user.ToSnapshot(), UserState.FromSnapshot(user.ToSnapshot()).ToSnapshot());
    }

    private static UserState Created() => UserState.Initial.After(s => s.Create("Ann", Now));
}
