using Grpc.Core;
using WebChat.Clients;
using WebChat.Tests.Actors.Persistence.Encryption;
using WebChat.V1;

namespace WebChat.Tests.Edge;

/// <summary>The account methods, over both protocols.</summary>
public sealed class AccountTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    private const string Password = "password";

    private readonly AuthService.AuthServiceClient _grpc = new(server.Channel);

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_changed_password_ends_the_other_logins_and_their_sessions(bool overGrpc)
    {
        var here = await server.SignUp();
        var there = await LogIn(here, Password);
        await using var other = await server.Connect(there);
        await using var own = await server.Connect(here);
        var changed = overGrpc
            ? await _grpc.ChangePasswordAsync(new() { OldPassword = Password, NewPassword = "another one" }, Bearer(here))
            : (await server.Call("POST", "/v1/auth/password", $$"""{"oldPassword": "{{Password}}", "newPassword": "another one"}""", here.AccessToken)).As<Credentials>();

        Assert.Equal(4401, await other.ClosedAsync());
        Assert.NotNull((await own.RequestAsync(new() { Ping = new() })).Pong);
        (await Refresh(there)).IsError(401, "unauthenticated", "refresh_token");
        (await Refresh(here)).IsError(401, "unauthenticated", "refresh_token");
        Assert.Equal(here.User, changed.User);
        (await server.Call("POST", "/v1/auth/login", $$"""{"username": "{{here.User.Username}}", "password": "{{Password}}"}""")).IsError(401, "unauthenticated");
        await LogIn(here, "another one");
    }

    [Fact]
    public async Task A_password_is_changed_only_with_the_old_one_and_only_to_a_valid_one()
    {
        var caller = await server.SignUp();

        (await Change("wrong one", "another one", caller.AccessToken)).IsError(403, "permission_denied", "old_password");
        (await Change("", "another one", caller.AccessToken)).IsError(400, "invalid_argument", "old_password");
        (await Change(Password, "short", caller.AccessToken)).IsError(400, "invalid_argument", "new_password");
        (await Change(Password, "another one", null)).IsError(401, "unauthenticated");
        Assert.Equal(StatusCode.PermissionDenied, await Refused(_grpc.ChangePasswordAsync(new() { OldPassword = "wrong one", NewPassword = "another one" }, Bearer(caller))));
        Assert.Equal(StatusCode.Unauthenticated, await Refused(_grpc.ChangePasswordAsync(new() { OldPassword = Password, NewPassword = "another one" })));
        Assert.Equal(StatusCode.Unauthenticated, await Refused(_grpc.DeleteAccountAsync(new() { Password = Password })));

        Task<JsonAnswer> Change(string old, string next, string? token) =>
            server.Call("POST", "/v1/auth/password", $$"""{"oldPassword": "{{old}}", "newPassword": "{{next}}"}""", token);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Logins_are_listed_and_a_revoked_one_is_closed_at_once(bool overGrpc)
    {
        var here = await server.SignUp();
        var there = await LogIn(here, Password);
        await using var other = await server.Connect(there);

        var sessions = (await Sessions(here)).Sessions;
        Assert.Equal([false, true], sessions.Select(session => session.Current));
        Assert.All(sessions, session => Assert.True(session.CreatedAt.ToDateTime() <= session.LastUsedAt.ToDateTime()));
        if (overGrpc)
            await _grpc.RevokeSessionAsync(new() { SessionId = sessions[0].SessionId }, Bearer(here));
        else
            (await server.Call("DELETE", $"/v1/auth/sessions/{sessions[0].SessionId}", token: here.AccessToken)).As<RevokeSessionResponse>();

        Assert.Equal(4401, await other.ClosedAsync());
        Assert.True(Assert.Single((await Sessions(here)).Sessions).Current);
        (await Refresh(there)).IsError(401, "unauthenticated", "refresh_token");
        (await server.Call("GET", "/v1/auth/sessions", token: there.AccessToken)).IsError(401, "unauthenticated");
        (await server.Call("DELETE", $"/v1/auth/sessions/{sessions[0].SessionId}", token: here.AccessToken)).IsError(404, "not_found", "session_id");
        (await server.Call("DELETE", "/v1/auth/sessions/none", token: here.AccessToken)).IsError(400, "invalid_argument", "session_id");

        async Task<ListSessionsResponse> Sessions(Credentials caller) => overGrpc
            ? await _grpc.ListSessionsAsync(new(), Bearer(caller))
            : (await server.Call("GET", "/v1/auth/sessions", token: caller.AccessToken)).As<ListSessionsResponse>();
    }

    [Fact]
    public async Task A_client_is_listed_by_its_own_description()
    {
        using var http = new HttpClient { BaseAddress = server.Web };
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "Netscape/4.0 " + new string('x', 500));
        var name = EdgeServer.NewName();
        using var body = new StringContent($$"""{"username": "{{name}}", "password": "{{Password}}", "nickname": "Al"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        var caller = (await JsonAnswer.Read(await http.PostAsync("/v1/auth/signup", body))).As<Credentials>();

        var client = (await _grpc.ListSessionsAsync(new(), Bearer(caller))).Sessions.Single().Client;

        Assert.StartsWith("Netscape/4.0 xxx", client);
        Assert.Equal(200, client.Length);
        Assert.Empty(DataFiles.WithAnyOf(server.DataDirectory, "Netscape/4.0"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_deleted_account_is_gone_and_its_messages_read_as_removed(bool overGrpc)
    {
        var (ann, bob) = (await server.SignUp("Quetzalcoatl"), await server.SignUp("Bob"));
        var room = (await server.Call("POST", "/v1/rooms", """{"name": "Tea", "capacity": 5, "open": true}""", ann.AccessToken)).As<Room>();
        await server.Call("POST", $"/v1/rooms/{room.RoomId}:join", token: bob.AccessToken);
        (await server.Call("POST", $"/v1/rooms/{room.RoomId}/messages", """{"clientId": "1", "text": "Popocatepetl"}""", ann.AccessToken)).As<Ack>();
        (await server.Call("POST", $"/v1/rooms/{room.RoomId}/messages", """{"clientId": "1", "text": "hello"}""", bob.AccessToken)).As<Ack>();
        await using var anns = await server.Connect(ann);
        await using var bobs = await server.Connect(bob);

        (await server.Call("DELETE", "/v1/auth/account", """{"password": "wrong one"}""", ann.AccessToken)).IsError(403, "permission_denied", "password");
        (await server.Call("DELETE", "/v1/auth/account", "{}", ann.AccessToken)).IsError(400, "invalid_argument", "password");
        if (overGrpc)
            await _grpc.DeleteAccountAsync(new() { Password = Password }, Bearer(ann));
        else
            (await server.Call("DELETE", "/v1/auth/account", $$"""{"password": "{{Password}}"}""", ann.AccessToken)).As<DeleteAccountResponse>();

        var login = $$"""{"username": "{{ann.User.Username}}", "password": "{{Password}}"}""";
        (await server.Call("POST", "/v1/auth/login", login)).IsError(401, "unauthenticated");
        (await Refresh(ann)).IsError(401, "unauthenticated", "refresh_token");
        Assert.Equal(4401, await anns.ClosedAsync());
        Assert.Equal(MemberLeft.Types.Reason.Deleted, (await bobs.NextAsync(frame => frame.Event?.MemberLeft is not null)).Event.MemberLeft.Reason);
        (await server.Call("GET", "/v1/profile", token: ann.AccessToken)).IsError(404, "not_found");
        var messages = (await server.Call("GET", $"/v1/rooms/{room.RoomId}/messages", token: bob.AccessToken)).As<ListMessagesResponse>().Messages;
        Assert.Equal([("hello", false), ("", true)], messages.Select(message => (message.Text, message.Removed)));
        Assert.Equal(["Bob"], (await server.Call("GET", $"/v1/rooms/{room.RoomId}", token: bob.AccessToken)).As<Room>().Members.Select(member => member.Nickname));
        Assert.Empty(DataFiles.WithAnyOf(server.DataDirectory, ann.User.Username, "Quetzalcoatl", "Popocatepetl"));
        var another = (await server.Call("POST", "/v1/auth/signup", $$"""{"username": "{{ann.User.Username}}", "password": "{{Password}}", "nickname": "Al"}""")).As<Credentials>();
        Assert.NotEqual(ann.User.UserId, another.User.UserId);
    }

    [Fact]
    public async Task Password_checks_share_the_rate_limit_of_logins()
    {
        await using var strict = await EdgeServer.Start(("WebChat:Limits:LogInsPerQuarterHour", "2"));
        var caller = await strict.SignUp();
        for (var i = 0; i < 2; i++)
            (await strict.Call("DELETE", "/v1/auth/account", """{"password": "wrong one"}""", caller.AccessToken)).IsError(403, "permission_denied", "password");

        var change = """{"oldPassword": "password", "newPassword": "another one"}""";
        (await strict.Call("POST", "/v1/auth/password", change, caller.AccessToken)).IsError(429, "rate_limited");
    }

    private static Metadata Bearer(Credentials caller) => new() { { "authorization", $"Bearer {caller.AccessToken}" } };

    private static async Task<StatusCode> Refused<T>(AsyncUnaryCall<T> call) => (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode;

    private async Task<Credentials> LogIn(Credentials caller, string password) =>
        (await server.Call("POST", "/v1/auth/login", $$"""{"username": "{{caller.User.Username}}", "password": "{{password}}"}""")).As<Credentials>();

    private Task<JsonAnswer> Refresh(Credentials caller) => server.Call("POST", "/v1/auth/refresh", $$"""{"refreshToken": "{{caller.RefreshToken}}"}""");
}
