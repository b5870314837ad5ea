using Grpc.Core;
using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Tests.Edge;

/// <summary>Two members of a room send requests: one over HTTP/JSON, the other over gRPC.</summary>
public sealed class PairTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    private const string NoRoom = "01a2037c72ad73e38484a9c0ae162d99";

    private RoomService.RoomServiceClient Rooms => new(server.Channel);

    [Fact]
    public async Task Messages_are_answered_edited_removed_and_reacted_to()
    {
        await using var pair = await Pair.MeetAsync(server);
        var (room, messages) = (pair.RoomId, $"/v1/rooms/{pair.RoomId}/messages");
        var first = (await pair.Http("POST", messages, """{"clientId": "1", "text": "helo"}""")).As<Ack>();
        var second = await Rooms.SendMessageAsync(new() { RoomId = room, ClientId = "1", Text = "hi", InReplyTo = first.MessageId }, pair.Grpc);

        var edited = (await pair.Http("PATCH", $"{messages}/{first.MessageId}", """{"text": "hello"}""")).As<Ack>();
        Assert.Equal((room, first.MessageId), (edited.RoomId, edited.MessageId));
        Assert.Equal(edited.Seq + 1, (await Rooms.EditMessageAsync(new() { RoomId = room, MessageId = second.MessageId, Text = "hi there" }, pair.Grpc)).Seq);
        var thumb = $"{messages}/{second.MessageId}/reactions/{Uri.EscapeDataString("👍")}";
        (await pair.Http("PUT", thumb)).As<Ack>();
        Assert.Equal((await pair.Http("PUT", thumb)).As<Ack>().Seq, edited.Seq + 2);
        await Rooms.AddReactionAsync(new() { RoomId = room, MessageId = second.MessageId, Emoji = "👍" }, pair.Grpc);
        await Rooms.AddReactionAsync(new() { RoomId = room, MessageId = first.MessageId, Emoji = "❤️" }, pair.Grpc);

        var history = (await pair.Http("GET", messages)).As<ListMessagesResponse>().Messages;
        Assert.Equal(["hi there", "hello"], history.Select(message => message.Text));
        Assert.Equal(first.MessageId, history[0].InReplyTo);
        Assert.Equal(2, Assert.Single(history[0].Reactions).MemberIds.Count);
        Assert.Equal("❤️", Assert.Single(history[1].Reactions).Emoji);

        (await pair.Http("DELETE", thumb)).As<Ack>();
        await Rooms.RemoveReactionAsync(new() { RoomId = room, MessageId = second.MessageId, Emoji = "👍" }, pair.Grpc);
        (await pair.Http("DELETE", $"{messages}/{first.MessageId}")).As<Ack>();
        await Rooms.RemoveMessageAsync(new() { RoomId = room, MessageId = second.MessageId }, pair.Grpc);

        Assert.All((await Rooms.ListMessagesAsync(new() { RoomId = room }, pair.Grpc)).Messages, message =>
        {
            Assert.True(message.Removed);
            Assert.Empty(message.Text);
            Assert.Empty(message.Reactions);
        });
        await pair.Http("POST", messages, """{"clientId": "2", "text": "end"}""");
        Assert.Equal(
            [
                RoomEvent.BodyOneofCase.MessagePosted, RoomEvent.BodyOneofCase.MessagePosted,
                RoomEvent.BodyOneofCase.MessageEdited, RoomEvent.BodyOneofCase.MessageEdited,
                RoomEvent.BodyOneofCase.ReactionChanged, RoomEvent.BodyOneofCase.ReactionChanged, RoomEvent.BodyOneofCase.ReactionChanged,
                RoomEvent.BodyOneofCase.ReactionChanged, RoomEvent.BodyOneofCase.ReactionChanged,
                RoomEvent.BodyOneofCase.MessageRemoved, RoomEvent.BodyOneofCase.MessageRemoved,
                RoomEvent.BodyOneofCase.MessagePosted,
            ],
            (await pair.EventsUntil(e => e.MessagePosted?.Text == "end")).Select(e => e.BodyCase));
    }

    [Fact]
    public async Task An_impossible_request_is_refused_alike_on_both_protocols()
    {
        await using var pair = await Pair.MeetAsync(server);
        var (room, messages) = (pair.RoomId, $"/v1/rooms/{pair.RoomId}/messages");
        var own = (await pair.Http("POST", messages, """{"clientId": "1", "text": "mine"}""")).As<Ack>().MessageId;
        var theirs = (await Rooms.SendMessageAsync(new() { RoomId = room, ClientId = "1", Text = "theirs" }, pair.Grpc)).MessageId;

        await Refused(await pair.Http("PATCH", $"{messages}/{theirs}", """{"text": "x"}"""),
            Rooms.EditMessageAsync(new() { RoomId = room, MessageId = own, Text = "x" }, pair.Grpc), 403, "permission_denied", "message_id");
        await Refused(await pair.Http("DELETE", $"{messages}/{theirs}"),
            Rooms.RemoveMessageAsync(new() { RoomId = room, MessageId = own }, pair.Grpc), 403, "permission_denied", "message_id");
        await Refused(await pair.Http("PATCH", $"{messages}/{own}", """{"text": " "}"""),
            Rooms.EditMessageAsync(new() { RoomId = room, MessageId = theirs, Text = "" }, pair.Grpc), 400, "invalid_argument", "text");
        await Refused(await pair.Http("DELETE", $"{messages}/that"),
            Rooms.RemoveMessageAsync(new() { RoomId = room, MessageId = "that" }, pair.Grpc), 400, "invalid_argument", "message_id");
        await Refused(await pair.Http("DELETE", $"{messages}/{NoRoom}"),
            Rooms.RemoveMessageAsync(new() { RoomId = room, MessageId = NoRoom }, pair.Grpc), 404, "not_found", "message_id");
        await Refused(await pair.Http("PUT", $"{messages}/{own}/reactions/like"),
            Rooms.AddReactionAsync(new() { RoomId = room, MessageId = own, Emoji = "like" }, pair.Grpc), 400, "invalid_argument", "emoji");
        await Refused(await pair.Http("PUT", $"{messages}/{NoRoom}/reactions/{Uri.EscapeDataString("👍")}"),
            Rooms.AddReactionAsync(new() { RoomId = room, MessageId = NoRoom, Emoji = "👍" }, pair.Grpc), 404, "not_found", "message_id");
        await Refused(await pair.Http("POST", $"/v1/rooms/{room}/prompts/{NoRoom}:answer", """{"yes": true}"""),
            Rooms.AnswerPromptAsync(new() { RoomId = room, PromptId = NoRoom, Yes = true }, pair.Grpc), 400, "failed_precondition", "prompt_id");
        await Refused(await pair.Http("POST", $"/v1/rooms/{NoRoom}:keep", "{}"),
            Rooms.KeepRoomAsync(new() { RoomId = NoRoom }, pair.Grpc), 404, "not_found", "room_id");
        await Refused(await pair.Http("POST", $"/v1/rooms/{NoRoom}:read", """{"seq": "1"}"""),
            Rooms.MarkReadAsync(new() { RoomId = NoRoom, Seq = 1 }, pair.Grpc), 404, "not_found", "room_id");
        await Refused(await pair.Http("POST", "/v1/rooms/here:read", "{}"),
            Rooms.MarkReadAsync(new() { RoomId = "here" }, pair.Grpc), 400, "invalid_argument", "room_id");
        var group = await Rooms.CreateRoomAsync(new() { Name = "Tea", Capacity = 2, Open = true }, pair.Grpc);
        (await pair.Http("POST", $"/v1/rooms/{group.RoomId}:join", "{}")).As<Room>();
        await Refused(await pair.Http("POST", $"/v1/rooms/{group.RoomId}:keep", "{}"),
            Rooms.KeepRoomAsync(new() { RoomId = group.RoomId }, pair.Grpc), 400, "failed_precondition", "room_id");
        (await server.Call("PATCH", $"{messages}/{own}", """{"text": "x"}""", (await server.SignUp()).AccessToken)).IsError(403, "permission_denied", "room_id");
    }

    [Fact]
    public async Task A_pair_is_prompted_and_revealed()
    {
        await using var quick = await EdgeServer.Start(("WebChat:Rooms:PromptAfter", "00:00:01"));
        var rooms = new RoomService.RoomServiceClient(quick.Channel);
        await using var pair = await Pair.MeetAsync(quick);

        var prompt = (await pair.EventsUntil(e => e.PromptOpened is not null))[^1].PromptOpened;
        (await pair.Http("POST", $"/v1/rooms/{pair.RoomId}/prompts/{prompt.PromptId}:answer", """{"yes": true}""")).As<Ack>();
        (await pair.Http("POST", $"/v1/rooms/{pair.RoomId}/prompts/{prompt.PromptId}:answer", """{"yes": false}""")).IsError(400, "failed_precondition", "yes");
        await rooms.AnswerPromptAsync(new() { RoomId = pair.RoomId, PromptId = prompt.PromptId, Yes = true }, pair.Grpc);

        Assert.Equal(1, (await pair.EventsUntil(e => e.RevealRaised is not null))[^1].RevealRaised.Level);
        Assert.Equal(1, (await pair.Http("GET", $"/v1/rooms/{pair.RoomId}")).As<Room>().RevealLevel);
    }

    [Fact]
    public async Task The_partner_sees_the_current_profile_step_by_step()
    {
        await using var quick = await EdgeServer.Start(("WebChat:Rooms:PromptAfter", "00:00:01"));
        var rooms = new RoomService.RoomServiceClient(quick.Channel);
        await using var pair = await Pair.MeetAsync(quick);
        (await pair.Http("PATCH", "/v1/profile", """{"interests": ["chess"], "bio": "I like tea."}""")).As<Profile>();
        var ann = (await pair.Http("GET", $"/v1/rooms/{pair.RoomId}")).As<Room>().Members.Single(member => member.You).MemberId;
        var request = new GetMemberRequest { RoomId = pair.RoomId, MemberId = ann };

        var stranger = await rooms.GetMemberAsync(request, pair.Grpc);
        Assert.Equal(("Ann", "", 0), (stranger.Nickname, stranger.Bio, stranger.Interests.Count));
        await BothLike();
        var liked = await rooms.GetMemberAsync(request, pair.Grpc);
        Assert.Equal(("", "chess"), (liked.Bio, Assert.Single(liked.Interests)));
        await pair.Http("PATCH", "/v1/profile", """{"interests": ["wine"]}""");
        await BothLike();
        var known = await rooms.GetMemberAsync(request, pair.Grpc);
        Assert.Equal(("I like tea.", "wine"), (known.Bio, Assert.Single(known.Interests)));

        var path = $"/v1/rooms/{pair.RoomId}/members";
        var own = (await pair.Http("GET", $"{path}/{ann}")).As<Member>();
        Assert.Equal((true, "I like tea."), (own.You, own.Bio));
        Assert.All((await pair.Http("GET", path)).As<ListMembersResponse>().Members, member => Assert.Equal(("", 0), (member.Bio, member.Interests.Count)));
        await Refused(await pair.Http("GET", $"{path}/that"), rooms.GetMemberAsync(new() { RoomId = pair.RoomId }, pair.Grpc), 400, "invalid_argument", "member_id");
        await Refused(await pair.Http("GET", $"{path}/{NoRoom}"), rooms.GetMemberAsync(new() { RoomId = pair.RoomId, MemberId = NoRoom }, pair.Grpc), 404, "not_found", "member_id");
        (await quick.Call("GET", $"{path}/{ann}", token: (await quick.SignUp()).AccessToken)).IsError(403, "permission_denied", "room_id");

        async Task BothLike()
        {
            var prompt = (await pair.EventsUntil(e => e.PromptOpened is not null))[^1].PromptOpened.PromptId;
            (await pair.Http("POST", $"/v1/rooms/{pair.RoomId}/prompts/{prompt}:answer", """{"yes": true}""")).As<Ack>();
            await rooms.AnswerPromptAsync(new() { RoomId = pair.RoomId, PromptId = prompt, Yes = true }, pair.Grpc);
            await pair.EventsUntil(e => e.RevealRaised is not null);
        }
    }

    [Fact]
    public async Task In_a_group_no_member_sees_more_than_nicknames()
    {
        var (owner, guest) = (await server.SignUp("Owner"), await server.SignUp("Guest"));
        (await server.Call("PATCH", "/v1/profile", """{"interests": ["chess"], "bio": "me"}""", owner.AccessToken)).As<Profile>();
        var room = await Rooms.CreateRoomAsync(new() { Name = "Tea", Capacity = 2, Open = true }, Bearer(owner.AccessToken));
        await Rooms.JoinRoomAsync(new() { RoomId = room.RoomId }, Bearer(guest.AccessToken));

        var seen = await Rooms.GetMemberAsync(new() { RoomId = room.RoomId, MemberId = room.Members.Single().MemberId }, Bearer(guest.AccessToken));

        Assert.Equal(("Owner", "", 0, true), (seen.Nickname, seen.Bio, seen.Interests.Count, seen.Owner));
    }

    [Fact]
    public async Task A_pair_is_kept_when_one_member_asks_and_the_other_agrees()
    {
        await using var pair = await Pair.MeetAsync(server);

        (await pair.Http("POST", $"/v1/rooms/{pair.RoomId}:keep", "{}")).As<Ack>();
        var prompt = (await pair.EventsUntil(e => e.PromptOpened is not null))[^1].PromptOpened;
        Assert.Equal(Prompt.Types.Kind.Keep, prompt.Kind);
        await Assert.ThrowsAsync<RpcException>(async () => await Rooms.KeepRoomAsync(new() { RoomId = pair.RoomId }, pair.Grpc));
        await Rooms.AnswerPromptAsync(new() { RoomId = pair.RoomId, PromptId = prompt.PromptId, Yes = true }, pair.Grpc);

        await pair.EventsUntil(e => e.RoomKept is not null);
        Assert.Equal(Room.Types.State.Kept, (await Rooms.GetRoomAsync(new() { RoomId = pair.RoomId }, pair.Grpc)).State);
        await Rooms.KeepRoomAsync(new() { RoomId = pair.RoomId }, pair.Grpc);
    }

    [Fact]
    public async Task Read_marks_reach_the_partner()
    {
        await using var pair = await Pair.MeetAsync(server);
        var sent = await Rooms.SendMessageAsync(new() { RoomId = pair.RoomId, ClientId = "1", Text = "hello" }, pair.Grpc);

        var ack = (await pair.Http("POST", $"/v1/rooms/{pair.RoomId}:read", $$"""{"seq": "{{sent.Seq}}"}""")).As<Ack>();
        Assert.Equal((pair.RoomId, sent.Seq), (ack.RoomId, ack.Seq));

        Assert.Equal(sent.Seq, (await pair.Ear.NextAsync(frame => frame.Read is not null)).Read.Seq);
        Assert.Equal(sent.Seq, (await Rooms.MarkReadAsync(new() { RoomId = pair.RoomId, Seq = 99 }, pair.Grpc)).Seq);
    }

    [Fact]
    public async Task Delivery_marks_reach_the_partner_over_gRPC_and_WebSocket()
    {
        await using var pair = await Pair.MeetAsync(server);
        using var stream = new ChatService.ChatServiceClient(server.Channel).Connect(Bearer(pair.First.AccessToken), DateTime.UtcNow.AddSeconds(30));
        await stream.RequestStream.WriteAsync(new() { Id = "1", Hello = new() });
        var room = (await Next(frame => frame.Welcome is not null)).Welcome.Rooms.Single();
        var partner = room.Members.Single(member => !member.You);
        Assert.Equal((0, 0), (partner.ReceivedSeq, partner.ReadSeq));

        var sent = (await pair.Http("POST", $"/v1/rooms/{pair.RoomId}/messages", """{"clientId": "1", "text": "hello"}""")).As<Ack>();
        await pair.Ear.SendAsync(new() { Received = new() { RoomId = pair.RoomId, Seq = sent.Seq } });
        var delivered = (await Next(frame => frame.Delivered is not null)).Delivered;
        Assert.Equal((pair.RoomId, partner.MemberId, sent.Seq), (delivered.RoomId, delivered.MemberId, delivered.Seq));

        var answer = (await pair.Http("POST", $"/v1/rooms/{pair.RoomId}/messages", """{"clientId": "2", "text": "still there?"}""")).As<Ack>();
        await pair.Ear.DisposeAsync();
        await using var again = await ChatClient.ConnectAsync(server.Web, ChatTransport.Json);
        await again.HelloAsync(pair.Second.AccessToken, cursors: new Dictionary<string, long> { [pair.RoomId] = answer.Seq });
        Assert.Equal(answer.Seq, (await Next(frame => frame.Delivered?.Seq > sent.Seq)).Delivered.Seq);
        var seen = (await pair.Http("GET", $"/v1/rooms/{pair.RoomId}")).As<Room>().Members.Single(member => !member.You);
        Assert.Equal((answer.Seq, 0), (seen.ReceivedSeq, seen.ReadSeq));

        async Task<ServerFrame> Next(Func<ServerFrame, bool> meant)
        {
            do
                Assert.True(await stream.ResponseStream.MoveNext(default));
            while (!meant(stream.ResponseStream.Current));
            return stream.ResponseStream.Current;
        }
    }

    [Fact]
    public async Task A_client_above_the_limit_is_told_when_to_retry_on_every_protocol()
    {
        await using var strict = await EdgeServer.Start(("WebChat:Limits:MessageBurst", "3"), ("WebChat:Limits:MessagesPerSecond", "1"));
        var (eager, calm) = (await strict.SignUp(), await strict.SignUp());
        var rooms = new RoomService.RoomServiceClient(strict.Channel);
        var room = await rooms.CreateRoomAsync(new() { Name = "Tea", Capacity = 2, Open = true }, Bearer(eager.AccessToken));

        JsonAnswer answer;
        do
            answer = await strict.Call("POST", $"/v1/rooms/{room.RoomId}:read", "{}", eager.AccessToken);
        while (answer.Code is null);
        answer.IsError(429, "rate_limited");
        Assert.NotNull(answer.Response.Headers.RetryAfter);
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (true)
                await rooms.MarkReadAsync(new() { RoomId = room.RoomId }, Bearer(eager.AccessToken));
        });
        Assert.Equal((StatusCode.ResourceExhausted, "rate_limited"), (refused.StatusCode, refused.Code()));
        (await strict.Call("GET", $"/v1/rooms/{room.RoomId}", token: eager.AccessToken)).As<Room>();
        (await strict.Call("POST", $"/v1/rooms/{room.RoomId}:join", "{}", calm.AccessToken)).As<Room>();
    }

    private static Metadata Bearer(string token) => new() { { "authorization", $"Bearer {token}" } };

    private static async Task Refused<T>(JsonAnswer answer, AsyncUnaryCall<T> call, int status, string code, string field)
    {
        answer.IsError(status, code, field);
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal((code, field), (refused.Code(), refused.Field()));
    }

    /// <summary>A pair: one member uses HTTP, the other gRPC with a socket for events.</summary>
    private sealed class Pair : IAsyncDisposable
    {
        private readonly EdgeServer _server;

        private Pair(EdgeServer server, Credentials first, Credentials second, ChatClient ear, string roomId)
        {
            _server = server;
            (First, Second, Ear, RoomId) = (first, second, ear, roomId);
        }

        public string RoomId { get; }

        public Credentials First { get; }

        public Credentials Second { get; }

        /// <summary>The member that uses gRPC.</summary>
        public Metadata Grpc => Bearer(Second.AccessToken);

        /// <summary>That member's socket.</summary>
        public ChatClient Ear { get; }

        public static async Task<Pair> MeetAsync(EdgeServer server)
        {
            using var api = new ChatApi(server.Web);
            var first = await api.SignUpAsync("Ann", Profile.Types.Gender.Female, Profile.Types.Gender.Male);
            var second = await api.SignUpAsync("Bob", Profile.Types.Gender.Male, Profile.Types.Gender.Female);
            var ear = await server.Connect(second, ChatTransport.Binary);
            var matches = new MatchService.MatchServiceClient(server.Channel);
            await matches.StartSearchAsync(new() { Mode = Mode.Chat }, Bearer(second.AccessToken));
            await using var there = await server.Connect(first); // only a user with a connected client is matched
            (await server.Call("POST", "/v1/match:search", """{"mode": "CHAT"}""", first.AccessToken)).As<SearchState>();
            var room = (await ear.NextAsync(frame => frame.Match is not null)).Match.Room;
            return new(server, first, second, ear, room.RoomId);
        }

        public Task<JsonAnswer> Http(string method, string path, string? json = null) => _server.Call(method, path, json, First.AccessToken);

        /// <summary>The next events, up to a matching one.</summary>
        public async Task<List<RoomEvent>> EventsUntil(Func<RoomEvent, bool> meant)
        {
            var events = new List<RoomEvent>();
            do
                events.Add((await Ear.NextAsync(frame => frame.Event?.RoomId == RoomId)).Event);
            while (!meant(events[^1]));
            return events;
        }

        public ValueTask DisposeAsync() => Ear.DisposeAsync();
    }
}
