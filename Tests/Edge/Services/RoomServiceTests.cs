using System.Net;
using WebChat.V1;

namespace WebChat.Tests.Edge.Services;

public class RoomServiceTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    private const string NoRoom = "01a2037c72ad73e38484a9c0ae162d99";

    [Fact]
    public async Task A_group_room_is_opened_joined_talked_in_left_and_ended()
    {
        var (owner, guest) = (await server.SignUp("Owner"), await server.SignUp("Guest"));
        var room = (await server.Call("POST", "/v1/rooms", """{"name": " Tea ", "capacity": 3, "open": true}""", owner.AccessToken)).As<Room>();
        Assert.Equal(("Tea", 3, true, Room.Types.Kind.Group, 1), (room.Name, room.Capacity, room.Open, room.Kind, room.Members.Count));
        Assert.True(room.Members.Single().You);

        var joined = (await server.Call("POST", $"/v1/rooms/{room.RoomId}:join", "{}", guest.AccessToken)).As<Room>();
        Assert.Equal(["Owner", "Guest"], joined.Members.Select(member => member.Nickname));
        Assert.Equal("Guest", joined.Members.Single(member => member.You).Nickname);
        Assert.Equal(joined.RoomId, (await server.Call("GET", "/v1/my/rooms", token: guest.AccessToken)).As<ListMyRoomsResponse>().Rooms.Single().RoomId);

        var ack = (await Send(room, guest, """{"clientId": "1", "text": " hello "}""")).As<Ack>();
        Assert.Equal(ack, (await Send(room, guest, """{"clientId": "1", "text": " hello "}""")).As<Ack>());
        var heard = (await server.Call("GET", $"/v1/rooms/{room.RoomId}/messages", token: owner.AccessToken)).As<ListMessagesResponse>().Messages.Single();
        Assert.Equal((ack.MessageId, ack.Seq, "hello", ""), (heard.MessageId, heard.Seq, heard.Text, heard.ClientId));
        Assert.Equal("1", (await server.Call("GET", $"/v1/rooms/{room.RoomId}/messages", token: guest.AccessToken)).As<ListMessagesResponse>().Messages.Single().ClientId);

        Assert.Equal(HttpStatusCode.OK, (await server.Call("POST", $"/v1/rooms/{room.RoomId}:leave", "{}", guest.AccessToken)).Status);
        (await server.Call("POST", $"/v1/rooms/{room.RoomId}:end", "{}", guest.AccessToken)).IsError(403, "permission_denied", "room_id");
        Assert.Equal(Room.Types.State.Ended, (await server.Call("POST", $"/v1/rooms/{room.RoomId}:end", "{}", owner.AccessToken)).As<Room>().State);
        var late = await Send(room, owner, """{"clientId": "2", "text": "still here?"}""");
        Assert.Equal("failed_precondition", late.Code);
        Assert.Single((await server.Call("GET", $"/v1/rooms/{room.RoomId}/messages", token: owner.AccessToken)).As<ListMessagesResponse>().Messages);
    }

    [Fact]
    public async Task History_is_read_page_by_page_from_the_newest()
    {
        var owner = await server.SignUp();
        var room = (await server.Call("POST", "/v1/rooms", """{"name": "Long", "capacity": 2}""", owner.AccessToken)).As<Room>();
        for (var number = 1; number <= 7; number++)
            (await Send(room, owner, $$"""{"clientId": "{{number}}", "text": "{{number}}"}""")).As<Ack>();

        var texts = new List<string>();
        var next = 0L;
        do
        {
            var page = (await server.Call("GET", $"/v1/rooms/{room.RoomId}/messages?beforeSeq={next}&pageSize=3", token: owner.AccessToken)).As<ListMessagesResponse>();
            Assert.InRange(page.Messages.Count, 0, 3);
            texts.AddRange(page.Messages.Select(message => message.Text));
            next = page.NextBeforeSeq;
        }
        while (next != 0);
        Assert.Equal(["7", "6", "5", "4", "3", "2", "1"], texts);
    }

    [Fact]
    public async Task Open_rooms_are_listed_page_by_page_with_member_counts_and_without_members()
    {
        var owner = await server.SignUp();
        var made = new List<string>();
        for (var number = 0; number < 3; number++)
            made.Add((await server.Call("POST", "/v1/rooms", $$"""{"name": "Open {{number}}", "capacity": 2, "open": true}""", owner.AccessToken)).As<Room>().RoomId);
        var hidden = (await server.Call("POST", "/v1/rooms", """{"name": "Closed", "capacity": 2}""", owner.AccessToken)).As<Room>().RoomId;

        var listed = new List<Room>();
        var next = "";
        do
        {
            var page = (await server.Call("GET", $"/v1/rooms?pageSize=2&pageToken={next}", token: owner.AccessToken)).As<ListRoomsResponse>();
            listed.AddRange(page.Rooms);
            next = page.NextPageToken;
        }
        while (next.Length > 0);

        Assert.Equal(Enumerable.Reverse(made), listed.Select(room => room.RoomId).Where(made.Contains));
        Assert.DoesNotContain(hidden, listed.Select(room => room.RoomId));
        Assert.All(listed.Where(room => made.Contains(room.RoomId)), room => Assert.Equal((0, 1), (room.Members.Count, room.MemberCount)));
    }

    [Theory]
    [InlineData("""{"name": "", "capacity": 2}""", "name")]
    [InlineData("""{"name": "a\nb", "capacity": 2}""", "name")]
    [InlineData("""{"name": "Tea"}""", "capacity")]
    [InlineData("""{"name": "Tea", "capacity": 1}""", "capacity")]
    [InlineData("""{"name": "Tea", "capacity": 1001}""", "capacity")]
    public async Task An_invalid_room_names_its_fault(string json, string field) =>
        (await server.Call("POST", "/v1/rooms", json, (await server.SignUp()).AccessToken)).IsError(400, "invalid_argument", field);

    [Theory]
    [InlineData("/v1/rooms?pageSize=-1", "page_size")]
    [InlineData("/v1/rooms?pageToken=next", "page_token")]
    [InlineData("/v1/rooms/here", "room_id")]
    [InlineData("/v1/rooms/here/messages", "room_id")]
    [InlineData($"/v1/rooms/{NoRoom}/messages?beforeSeq=-1", "before_seq")]
    [InlineData($"/v1/rooms/{NoRoom}/messages?pageSize=-1", "page_size")]
    public async Task An_invalid_query_names_the_field(string path, string field) =>
        (await server.Call("GET", path, token: (await server.SignUp()).AccessToken)).IsError(400, "invalid_argument", field);

    [Theory]
    [InlineData("""{"text": "hello"}""", "client_id")]
    [InlineData("""{"clientId": "1"}""", "text")]
    [InlineData("""{"clientId": "1", "text": " \t "}""", "text")]
    [InlineData("""{"clientId": "1", "text": "\u0007"}""", "text")]
    [InlineData("""{"clientId": "1", "text": "hello", "inReplyTo": "that"}""", "in_reply_to")]
    public async Task An_invalid_message_names_its_fault(string json, string field) =>
        (await server.Call("POST", $"/v1/rooms/{NoRoom}/messages", json, (await server.SignUp()).AccessToken)).IsError(400, "invalid_argument", field);

    [Fact]
    public async Task A_message_has_at_most_2_000_characters()
    {
        var owner = await server.SignUp();
        var room = (await server.Call("POST", "/v1/rooms", """{"name": "Tea", "capacity": 2}""", owner.AccessToken)).As<Room>();
        (await Send(room, owner, $$"""{"clientId": "1", "text": "{{new string('a', 2_000)}}"}""")).As<Ack>();
        (await Send(room, owner, $$"""{"clientId": "2", "text": "{{new string('a', 2_001)}}"}""")).IsError(400, "invalid_argument", "text");
    }

    [Fact]
    public async Task An_unknown_room_is_not_found()
    {
        var token = (await server.SignUp()).AccessToken;
        (await server.Call("GET", $"/v1/rooms/{NoRoom}", token: token)).IsError(404, "not_found", "room_id");
        (await server.Call("POST", $"/v1/rooms/{NoRoom}:join", "{}", token)).IsError(404, "not_found", "room_id");
        (await server.Call("GET", $"/v1/rooms/{NoRoom}/messages", token: token)).IsError(404, "not_found", "room_id");
    }

    [Fact]
    public async Task A_room_is_closed_to_users_that_are_not_members()
    {
        var (owner, stranger) = (await server.SignUp(), await server.SignUp());
        var room = (await server.Call("POST", "/v1/rooms", """{"name": "Private", "capacity": 2}""", owner.AccessToken)).As<Room>();
        JsonAnswer[] answers =
        [
            await server.Call("GET", $"/v1/rooms/{room.RoomId}", token: stranger.AccessToken),
            await server.Call("POST", $"/v1/rooms/{room.RoomId}:join", "{}", stranger.AccessToken),
            await server.Call("GET", $"/v1/rooms/{room.RoomId}/messages", token: stranger.AccessToken),
            await Send(room, stranger, """{"clientId": "1", "text": "let me in"}"""),
        ];
        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.Forbidden, "permission_denied"), (answer.Status, answer.Code)));
    }

    private Task<JsonAnswer> Send(Room room, Credentials caller, string json) => server.Call("POST", $"/v1/rooms/{room.RoomId}/messages", json, caller.AccessToken);
}
