using System.Net;
using Grpc.Core;
using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Tests.Edge;

/// <summary>Guests, over both protocols.</summary>
public sealed class GuestTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    private const string Guest = """{"nickname": " Al ", "birthDate": "1990-01-02", "gender": "FEMALE"}""";
    private const string Password = "correct horse";

    private readonly AuthService.AuthServiceClient _grpc = new(server.Channel);

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_guest_searches_at_once_and_keeps_the_account_later(bool overGrpc)
    {
        var guest = overGrpc
            ? await _grpc.StartAsGuestAsync(new() { Nickname = " Al ", BirthDate = "1990-01-02", Gender = Profile.Types.Gender.Female })
            : await Start(server);
        Assert.Equal(("", "Al"), (guest.User.Username, guest.User.Nickname));
        await using var client = await server.Connect(guest);
        Assert.Equal(SearchState.Types.State.Waiting, (await client.RequestAsync(new() { Search = new() })).Search.State);

        var name = EdgeServer.NewName();
        var kept = overGrpc
            ? await _grpc.KeepAccountAsync(new() { Username = name, Password = Password }, Bearer(guest))
            : (await Keep(name, Password, guest)).As<Credentials>();

        Assert.Equal((guest.User.UserId, name, "Al"), (kept.User.UserId, kept.User.Username, kept.User.Nickname));
        Assert.NotNull((await client.RequestAsync(new() { Renew = new() { AccessToken = kept.AccessToken } })).Ack);
        Assert.Equal(SearchState.Types.State.Waiting, (await server.Call("GET", "/v1/match", token: guest.AccessToken)).As<SearchState>().State);
        var login = (await server.Call("POST", "/v1/auth/login", $$"""{"username": "{{name}}", "password": "{{Password}}"}""")).As<Credentials>();
        Assert.Equal(guest.User.UserId, login.User.UserId);
        Assert.Equal(2, (await server.Call("GET", "/v1/auth/sessions", token: guest.AccessToken)).As<ListSessionsResponse>().Sessions.Count);
    }

    [Theory]
    [InlineData("""{"nickname": "", "birthDate": "1990-01-02", "gender": "FEMALE"}""", "nickname")]
    [InlineData("""{"nickname": "a\u0007", "birthDate": "1990-01-02", "gender": "FEMALE"}""", "nickname")]
    [InlineData("""{"nickname": "Al", "gender": "FEMALE"}""", "birth_date")]
    [InlineData("""{"nickname": "Al", "birthDate": "1990-02-30", "gender": "FEMALE"}""", "birth_date")]
    [InlineData("""{"nickname": "Al", "birthDate": "2999-01-01", "gender": "FEMALE"}""", "birth_date")]
    [InlineData("""{"nickname": "Al", "birthDate": "1990-01-02"}""", "gender")]
    [InlineData("""{"nickname": "Al", "birthDate": "1990-01-02", "gender": 9}""", "gender")]
    public async Task A_guest_without_what_a_search_needs_is_refused(string json, string field) =>
        (await server.Call("POST", "/v1/auth/guest", json)).IsError(400, "invalid_argument", field);

    [Fact]
    public async Task A_guest_must_be_an_adult()
    {
        var birthDate = DateTime.UtcNow.AddYears(-18).AddDays(1);
        (await server.Call("POST", "/v1/auth/guest", $$"""{"nickname": "Al", "birthDate": "{{birthDate:yyyy-MM-dd}}", "gender": "OTHER"}""")).IsError(400, "invalid_argument", "birth_date");
    }

    [Fact]
    public async Task An_account_is_kept_only_by_a_guest_and_under_a_free_name()
    {
        var (guest, user) = (await Start(server), await server.SignUp());

        (await Keep(user.User.Username.ToUpperInvariant(), Password, guest)).IsError(409, "already_exists", "username");
        (await Keep("a-b", Password, guest)).IsError(400, "invalid_argument", "username");
        (await Keep(EdgeServer.NewName(), "short", guest)).IsError(400, "invalid_argument", "password");
        (await Keep(EdgeServer.NewName(), Password, user)).IsError(400, "failed_precondition");
        (await Keep(EdgeServer.NewName(), Password, null)).IsError(401, "unauthenticated");
        (await server.Call("POST", "/v1/auth/password", """{"oldPassword": "", "newPassword": "another one"}""", guest.AccessToken)).IsError(400, "invalid_argument", "old_password");
        (await server.Call("POST", "/v1/auth/password", """{"oldPassword": "password", "newPassword": "another one"}""", guest.AccessToken)).IsError(403, "permission_denied", "old_password");
        (await Keep(EdgeServer.NewName(), Password, guest)).As<Credentials>();
    }

    // The id is the name of the account, and no name to log in with.
    [Fact]
    public async Task No_one_logs_in_or_signs_up_under_the_id_of_a_guest()
    {
        var guest = await Start(server);

        (await server.Call("POST", "/v1/auth/login", $$"""{"username": "{{guest.User.UserId}}", "password": "password"}""")).IsError(401, "unauthenticated");
        (await server.Call("POST", "/v1/auth/signup", $$"""{"username": "{{guest.User.UserId}}", "password": "password", "nickname": "Al"}""")).IsError(400, "invalid_argument", "username");
    }

    [Fact]
    public async Task A_guest_deletes_the_account_without_a_password_until_it_is_kept()
    {
        var (guest, other) = (await Start(server), await Start(server));
        (await Keep(EdgeServer.NewName(), Password, other)).As<Credentials>();

        (await server.Call("DELETE", "/v1/auth/account", "{}", guest.AccessToken)).As<DeleteAccountResponse>();
        (await server.Call("DELETE", "/v1/auth/account", "{}", other.AccessToken)).IsError(403, "permission_denied", "password");

        (await server.Call("POST", "/v1/auth/refresh", $$"""{"refreshToken": "{{guest.RefreshToken}}"}""")).IsError(401, "unauthenticated", "refresh_token");
        (await server.Call("GET", "/v1/profile", token: other.AccessToken)).As<Profile>();
    }

    [Fact]
    public async Task A_guest_is_exported_without_a_user_name() =>
        Assert.Contains("\"username\": \"\"", (await server.Call("GET", "/v1/export", token: (await Start(server)).AccessToken)).Text, StringComparison.Ordinal);

    [Fact]
    public async Task Guests_have_limits_of_their_own_until_the_account_is_kept()
    {
        await using var strict = await EdgeServer.Start(
            ("WebChat:Limits:GuestsPerHour", "1"), ("WebChat:Limits:GuestMessageBurst", "2"), ("WebChat:Limits:GuestMessagesPerSecond", "1"), ("WebChat:Limits:MessagesPerSecond", "1000"));
        var guest = await Start(strict);
        (await strict.Call("POST", "/v1/auth/guest", Guest)).IsError(429, "rate_limited");
        await using var client = await strict.Connect(guest);

        ServerFrame refused;
        do
            refused = await client.RequestAsync(new() { Ping = new() });
        while (refused.Pong is not null);
        Assert.Equal("rate_limited", refused.Error.Code);
        JsonAnswer answer;
        do
            answer = await strict.Call("PATCH", "/v1/profile", """{"bio": "hello"}""", guest.AccessToken);
        while (answer.Status == HttpStatusCode.OK);
        answer.IsError(429, "rate_limited");

        var kept = (await strict.Call("POST", "/v1/auth/keep", $$"""{"username": "{{EdgeServer.NewName()}}", "password": "{{Password}}"}""", guest.AccessToken)).As<Credentials>();
        await using var again = await strict.Connect(kept);
        for (var i = 0; i < 10; i++)
        {
            Assert.NotNull((await again.RequestAsync(new() { Ping = new() })).Pong);
            (await strict.Call("PATCH", "/v1/profile", """{"bio": "hello"}""", kept.AccessToken)).As<Profile>();
        }
    }

    private static Metadata Bearer(Credentials caller) => new() { { "authorization", $"Bearer {caller.AccessToken}" } };

    private static async Task<Credentials> Start(EdgeServer server) => (await server.Call("POST", "/v1/auth/guest", Guest)).As<Credentials>();

    private Task<JsonAnswer> Keep(string username, string password, Credentials? caller) =>
        server.Call("POST", "/v1/auth/keep", $$"""{"username": "{{username}}", "password": "{{password}}"}""", caller?.AccessToken);
}
