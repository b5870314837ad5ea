using System.Net;
using Grpc.Core;
using WebChat.V1;

namespace WebChat.Tests.Edge.Services;

public class GrpcServicesTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    private const string NoRoom = "01a2037c72ad73e38484a9c0ae162d99";

    [Fact]
    public async Task Changes_over_one_protocol_are_visible_over_the_other()
    {
        var auth = new AuthService.AuthServiceClient(server.Channel);
        var signedUp = await auth.SignUpAsync(new() { Username = EdgeServer.NewName(), Password = "password", Nickname = "Al" });
        var loggedIn = await auth.LogInAsync(new() { Username = signedUp.User.Username, Password = "password" });
        Assert.Equal(signedUp.User, loggedIn.User);

        var users = new UserService.UserServiceClient(server.Channel);
        var profile = await users.UpdateProfileAsync(new() { Profile = new() { Bio = "me" } }, Bearer(signedUp));
        Assert.Equal(profile, (await server.Call("GET", "/v1/profile", token: signedUp.AccessToken)).As<Profile>());

        var rooms = new RoomService.RoomServiceClient(server.Channel);
        var room = await rooms.CreateRoomAsync(new() { Name = "Tea", Capacity = 2 }, Bearer(signedUp));
        Assert.Equal(room, (await server.Call("GET", $"/v1/rooms/{room.RoomId}", token: signedUp.AccessToken)).As<Room>());
        var ack = await rooms.SendMessageAsync(new() { RoomId = room.RoomId, ClientId = "1", Text = "hello" }, Bearer(signedUp));
        Assert.Equal(ack.MessageId, (await rooms.ListMessagesAsync(new() { RoomId = room.RoomId }, Bearer(signedUp))).Messages.Single().MessageId);

        var refreshed = await auth.RefreshAsync(new() { RefreshToken = loggedIn.RefreshToken });
        await auth.LogOutAsync(new() { RefreshToken = refreshed.RefreshToken });
        Assert.Equal(StatusCode.Unauthenticated, (await Refused(auth.RefreshAsync(new() { RefreshToken = refreshed.RefreshToken }))).StatusCode);
    }

    [Fact]
    public async Task A_refusal_is_the_same_on_both_protocols()
    {
        var caller = await server.SignUp();
        var auth = new AuthService.AuthServiceClient(server.Channel);
        var rooms = new RoomService.RoomServiceClient(server.Channel);
        await AreSame(
            auth.SignUpAsync(new() { Username = caller.User.Username, Password = "password", Nickname = "Al" }),
            await server.Call("POST", "/v1/auth/signup", $$"""{"username": "{{caller.User.Username}}", "password": "password", "nickname": "Al"}"""),
            StatusCode.AlreadyExists);
        await AreSame(
            auth.LogInAsync(new() { Username = caller.User.Username, Password = "passwort" }),
            await server.Call("POST", "/v1/auth/login", $$"""{"username": "{{caller.User.Username}}", "password": "passwort"}"""),
            StatusCode.Unauthenticated);
        await AreSame(
            rooms.CreateRoomAsync(new() { Name = "Tea", Capacity = 1 }, Bearer(caller)),
            await server.Call("POST", "/v1/rooms", """{"name": "Tea", "capacity": 1}""", caller.AccessToken),
            StatusCode.InvalidArgument);
        await AreSame(
            rooms.GetRoomAsync(new() { RoomId = NoRoom }, Bearer(caller)),
            await server.Call("GET", $"/v1/rooms/{NoRoom}", token: caller.AccessToken),
            StatusCode.NotFound);
    }

    [Fact]
    public async Task A_request_without_a_valid_token_is_unauthenticated()
    {
        var users = new UserService.UserServiceClient(server.Channel);
        var none = await Refused(users.GetProfileAsync(new()));
        Assert.Equal((StatusCode.Unauthenticated, "unauthenticated"), (none.StatusCode, none.Code()));
        Assert.Equal(StatusCode.Unauthenticated, (await Refused(users.GetProfileAsync(new(), new Metadata { { "authorization", "Bearer a.b.c" } }))).StatusCode);
        Assert.Equal(StatusCode.Unauthenticated, (await Refused(new MatchService.MatchServiceClient(server.Channel).GetSearchAsync(new()))).StatusCode);
        Assert.Equal(StatusCode.Unauthenticated, (await Refused(new RoomService.RoomServiceClient(server.Channel).ListMyRoomsAsync(new()))).StatusCode);
    }

    [Fact]
    public async Task An_address_above_the_limit_is_told_when_to_retry_on_both_protocols()
    {
        await using var strict = await EdgeServer.Start(("WebChat:Limits:LogInsPerQuarterHour", "2"));
        var auth = new AuthService.AuthServiceClient(strict.Channel);
        var request = new LogInRequest { Username = EdgeServer.NewName(), Password = "password" };
        Assert.Equal(StatusCode.Unauthenticated, (await Refused(auth.LogInAsync(request))).StatusCode);
        (await strict.Call("POST", "/v1/auth/login", request.ToString())).IsError(401, "unauthenticated");

        var refused = await Refused(auth.LogInAsync(request));
        Assert.Equal((StatusCode.ResourceExhausted, "rate_limited"), (refused.StatusCode, refused.Code()));
        Assert.InRange(refused.RetryAfter()!.Value.TotalMilliseconds, 1, 15 * 60 * 1_000);
    }

    [Fact]
    public async Task A_request_over_64_KiB_is_refused()
    {
        var request = new LogInRequest { Username = "alice", Password = new string('a', 64 * 1024) };
        Assert.Equal(StatusCode.ResourceExhausted, (await Refused(new AuthService.AuthServiceClient(server.Channel).LogInAsync(request))).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0000000005")]
    [InlineData("00ffffffff")]
    [InlineData("0700000000")]
    [InlineData("0100000000")]
    [InlineData("00000000020a05")]
    [InlineData("0000000003ffffff")]
    [InlineData("00000000000000000000")]
    public async Task An_unreadable_request_is_the_callers_fault(string body)
    {
        using var http = new HttpClient { BaseAddress = server.Grpc };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webchat.v1.AuthService/LogIn")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Convert.FromHexString(body)) { Headers = { ContentType = new("application/grpc") } },
        };

        using var response = await http.SendAsync(request);

        Assert.Equal($"{(int)StatusCode.InvalidArgument}", Assert.Single(response.Headers.GetValues("grpc-status")));
        Assert.NotEmpty(response.Headers.GetValues("grpc-status-details-bin"));
    }

    [Fact]
    public async Task A_request_past_its_deadline_is_answered_with_that()
    {
        var users = new UserService.UserServiceClient(server.Channel);
        var refused = await Refused(users.GetProfileAsync(new(), Bearer(await server.SignUp()), deadline: DateTime.UtcNow.AddSeconds(-1)));
        Assert.Equal(StatusCode.DeadlineExceeded, refused.StatusCode);
    }

    private static Metadata Bearer(Credentials caller) => new() { { "authorization", $"Bearer {caller.AccessToken}" } };

    private static async Task<RpcException> Refused<T>(AsyncUnaryCall<T> call) => await Assert.ThrowsAsync<RpcException>(async () => await call);

    private static async Task AreSame<T>(AsyncUnaryCall<T> call, JsonAnswer answer, StatusCode status)
    {
        var refused = await Refused(call);
        Assert.Equal(status, refused.StatusCode);
        Assert.Equal((answer.Code, answer.Field), (refused.Code(), refused.Field()));
        Assert.Equal(answer.Error, refused.GetRpcStatus());
    }
}
