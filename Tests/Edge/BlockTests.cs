using Grpc.Core;
using WebChat.V1;

namespace WebChat.Tests.Edge;

public sealed class BlockTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    private const string NoId = "01a2037c72ad73e38484a9c0ae162d99";

    [Fact]
    public async Task A_user_is_blocked_over_one_protocol_listed_over_the_other_and_unblocked()
    {
        var (ann, bob) = (await server.SignUp("Ann"), await server.SignUp("Bob"));
        var (room, bobs) = await Meet(ann, bob);
        await server.Call("POST", $"/v1/rooms/{room}:leave", "{}", ann.AccessToken);
        await server.Call("POST", $"/v1/rooms/{room}:end", "{}", bob.AccessToken);
        var users = new UserService.UserServiceClient(server.Channel);

        var answer = await Block(ann, room, bobs);
        var block = answer.As<Block>();
        Assert.Equal("Bob", block.Nickname);
        Assert.DoesNotContain(bob.User.UserId, answer.Text);
        Assert.Equal(block, (await Block(ann, room, bobs)).As<Block>());
        Assert.Equal(block, await users.BlockAsync(new() { RoomId = room, MemberId = bobs }, Bearer(ann)));
        Assert.Equal([block], (await users.ListBlocksAsync(new(), Bearer(ann))).Blocks);
        Assert.Equal([block], (await server.Call("GET", "/v1/blocks", token: ann.AccessToken)).As<ListBlocksResponse>().Blocks);
        Assert.Empty((await server.Call("GET", "/v1/blocks", token: bob.AccessToken)).As<ListBlocksResponse>().Blocks);

        (await server.Call("DELETE", $"/v1/blocks/{block.BlockId}", token: ann.AccessToken)).As<UnblockResponse>();
        (await server.Call("DELETE", $"/v1/blocks/{block.BlockId}", token: ann.AccessToken)).IsError(404, "not_found", "block_id");
        var gone = await Assert.ThrowsAsync<RpcException>(async () => await users.UnblockAsync(new() { BlockId = block.BlockId }, Bearer(ann)));
        Assert.Equal((StatusCode.NotFound, "block_id"), (gone.StatusCode, gone.Field()));
        Assert.Empty((await users.ListBlocksAsync(new(), Bearer(ann))).Blocks);
    }

    [Fact]
    public async Task A_room_marks_blocked_members_for_the_blocking_user_only()
    {
        var (ann, bob) = (await server.SignUp("Ann"), await server.SignUp("Bob"));
        var (room, bobs) = await Meet(ann, bob);
        await Block(ann, room, bobs);
        var rooms = new RoomService.RoomServiceClient(server.Channel);

        Assert.Equal([bobs], Blocked(await rooms.GetRoomAsync(new() { RoomId = room }, Bearer(ann))));
        Assert.Equal([bobs], Blocked((await server.Call("GET", "/v1/my/rooms", token: ann.AccessToken)).As<ListMyRoomsResponse>().Rooms.Single()));
        Assert.True((await rooms.GetMemberAsync(new() { RoomId = room, MemberId = bobs }, Bearer(ann))).Blocked);
        Assert.Empty(Blocked(await rooms.GetRoomAsync(new() { RoomId = room }, Bearer(bob))));
    }

    [Theory]
    [InlineData("""{"roomId": "here", "memberId": "01a2037c72ad73e38484a9c0ae162d99"}""", 400, "invalid_argument", "room_id")]
    [InlineData("""{"roomId": "01a2037c72ad73e38484a9c0ae162d99"}""", 400, "invalid_argument", "member_id")]
    [InlineData("""{"roomId": "01a2037c72ad73e38484a9c0ae162d99", "memberId": "01a2037c72ad73e38484a9c0ae162d99"}""", 404, "not_found", "room_id")]
    public async Task A_block_without_a_valid_member_is_refused(string json, int status, string code, string field) =>
        (await server.Call("POST", "/v1/blocks", json, (await server.SignUp()).AccessToken)).IsError(status, code, field);

    [Fact]
    public async Task Only_fellow_members_can_be_blocked()
    {
        var (ann, bob, eve) = (await server.SignUp("Ann"), await server.SignUp("Bob"), await server.SignUp("Eve"));
        var (room, bobs) = await Meet(ann, bob);

        (await Block(eve, room, bobs)).IsError(403, "permission_denied", "room_id");
        (await Block(bob, room, bobs)).IsError(400, "invalid_argument", "member_id");
        (await Block(ann, room, NoId)).IsError(404, "not_found", "member_id");
        (await server.Call("DELETE", "/v1/blocks/that", token: ann.AccessToken)).IsError(400, "invalid_argument", "block_id");
        (await server.Call("GET", "/v1/blocks")).IsError(401, "unauthenticated");
    }

    private async Task<(string RoomId, string MemberId)> Meet(Credentials owner, Credentials guest)
    {
        var room = (await server.Call("POST", "/v1/rooms", """{"name": "Tea", "capacity": 3, "open": true}""", owner.AccessToken)).As<Room>();
        var joined = (await server.Call("POST", $"/v1/rooms/{room.RoomId}:join", "{}", guest.AccessToken)).As<Room>();
        return (room.RoomId, joined.Members.Single(member => member.You).MemberId);
    }

    private Task<JsonAnswer> Block(Credentials caller, string room, string member) =>
        server.Call("POST", "/v1/blocks", $$"""{"roomId": "{{room}}", "memberId": "{{member}}"}""", caller.AccessToken);

    private static IEnumerable<string> Blocked(Room room) => room.Members.Where(member => member.Blocked).Select(member => member.MemberId);

    private static Metadata Bearer(Credentials caller) => new() { { "authorization", $"Bearer {caller.AccessToken}" } };
}
