using Akka.Actor;
using Akka.Hosting;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Tests.Edge;

/// <summary>Group rooms over all protocols.</summary>
public sealed class GroupRoomTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    private RoomService.RoomServiceClient Rooms => new(server.Channel);

    [Fact]
    public async Task An_owner_renames_the_room_and_the_list_follows()
    {
        var (owner, guest) = (await server.SignUp("Owner"), await server.SignUp("Guest"));
        var room = await OpenWith(owner, guest);
        await using var ear = await server.Connect(guest);

        Assert.Equal("Coffee", (await server.Call("POST", $"/v1/rooms/{room.RoomId}:rename", """{"name": " Coffee "}""", owner.AccessToken)).As<Room>().Name);
        Assert.Equal("Cocoa", (await Rooms.RenameRoomAsync(new() { RoomId = room.RoomId, Name = "Cocoa" }, Bearer(owner))).Name);

        var renamed = (await ear.NextAsync(frame => frame.Event?.RoomRenamed is not null)).Event.RoomRenamed;
        Assert.Equal(("Coffee", room.Members.Single(member => member.Owner).MemberId), (renamed.Name, renamed.ByMemberId));
        Assert.Equal("Cocoa", (await ear.NextAsync(frame => frame.Event?.RoomRenamed is not null)).Event.RoomRenamed.Name);
        Assert.Contains((await Rooms.ListRoomsAsync(new(), Bearer(guest))).Rooms, listed => listed.RoomId == room.RoomId && listed.Name == "Cocoa");
        (await server.Call("POST", $"/v1/rooms/{room.RoomId}:rename", """{"name": ""}""", owner.AccessToken)).IsError(400, "invalid_argument", "name");
        (await server.Call("POST", $"/v1/rooms/{room.RoomId}:rename", """{"name": "Mine"}""", guest.AccessToken)).IsError(403, "permission_denied", "room_id");
        await IsRefused(Rooms.RenameRoomAsync(new() { RoomId = room.RoomId, Name = "Mine" }, Bearer(guest)), StatusCode.PermissionDenied, "room_id");
    }

    [Fact]
    public async Task A_removed_member_is_told_is_out_at_once_and_stays_out()
    {
        var (owner, guest, other) = (await server.SignUp("Owner"), await server.SignUp("Guest"), await server.SignUp("Other"));
        var room = await OpenWith(owner, guest, other);
        var (guestId, otherId) = (IdOf(room, "Guest"), IdOf(room, "Other"));
        await using var ear = await server.Connect(guest);

        (await server.Call("DELETE", $"/v1/rooms/{room.RoomId}/members/{otherId}", token: guest.AccessToken)).IsError(403, "permission_denied", "room_id");
        (await server.Call("DELETE", $"/v1/rooms/{room.RoomId}/members/{room.RoomId}", token: owner.AccessToken)).IsError(404, "not_found", "member_id");
        (await server.Call("DELETE", $"/v1/rooms/{room.RoomId}/members/that", token: owner.AccessToken)).IsError(400, "invalid_argument", "member_id");
        (await server.Call("DELETE", $"/v1/rooms/{room.RoomId}/members/{IdOf(room, "Owner")}", token: owner.AccessToken)).IsError(400, "failed_precondition", "member_id");
        var without = (await server.Call("DELETE", $"/v1/rooms/{room.RoomId}/members/{guestId}", token: owner.AccessToken)).As<Room>();
        Assert.Equal(["Owner", "Other"], without.Members.Select(member => member.Nickname));

        Assert.Empty((await server.Call("GET", "/v1/my/rooms", token: guest.AccessToken)).As<ListMyRoomsResponse>().Rooms);
        var left = (await ear.NextAsync(frame => frame.Event?.MemberLeft is not null)).Event.MemberLeft;
        Assert.Equal((guestId, MemberLeft.Types.Reason.Removed), (left.MemberId, left.Reason));
        (await server.Call("POST", $"/v1/rooms/{room.RoomId}:join", "{}", guest.AccessToken)).IsError(403, "permission_denied", "room_id");
        (await server.Call("GET", $"/v1/rooms/{room.RoomId}/messages", token: guest.AccessToken)).IsError(403, "permission_denied", "room_id");
        await IsRefused(Rooms.JoinRoomAsync(new() { RoomId = room.RoomId }, Bearer(guest)), StatusCode.PermissionDenied, "room_id");
        Assert.Equal("permission_denied", (await ear.RequestAsync(new() { Join = new() { RoomId = room.RoomId } })).Error.Code);

        Assert.Single((await Rooms.RemoveMemberAsync(new() { RoomId = room.RoomId, MemberId = otherId }, Bearer(owner))).Members);
        await IsRefused(Rooms.RemoveMemberAsync(new() { RoomId = room.RoomId, MemberId = guestId }, Bearer(other)), StatusCode.PermissionDenied, "room_id");
    }

    [Fact]
    public async Task When_the_owner_leaves_the_next_member_owns_the_room_and_may_end_it()
    {
        var (owner, guest, other) = (await server.SignUp("Owner"), await server.SignUp("Guest"), await server.SignUp("Other"));
        var room = await OpenWith(owner, guest, other);
        await using var ear = await server.Connect(other);

        (await server.Call("POST", $"/v1/rooms/{room.RoomId}:leave", "{}", owner.AccessToken)).As<Room>();
        Assert.Equal(IdOf(room, "Guest"), (await ear.NextAsync(frame => frame.Event?.OwnerChanged is not null)).Event.OwnerChanged.MemberId);
        await IsRefused(Rooms.EndRoomAsync(new() { RoomId = room.RoomId }, Bearer(other)), StatusCode.PermissionDenied, "room_id");
        Assert.Equal(Room.Types.State.Ended, (await Rooms.EndRoomAsync(new() { RoomId = room.RoomId }, Bearer(guest))).State);

        var ended = (await ear.NextAsync(frame => frame.Event?.RoomEnded is not null)).Event.RoomEnded;
        Assert.Equal((RoomEnded.Types.Reason.Closed, IdOf(room, "Guest")), (ended.Reason, ended.ByMemberId));
        (await server.Call("POST", $"/v1/rooms/{room.RoomId}:rename", """{"name": "Late"}""", guest.AccessToken)).IsError(400, "failed_precondition", "room_id");
        (await server.Call("DELETE", $"/v1/rooms/{room.RoomId}/members/{IdOf(room, "Other")}", token: guest.AccessToken)).IsError(400, "failed_precondition", "room_id");
        (await server.Call("POST", $"/v1/rooms/{room.RoomId}:join", "{}", owner.AccessToken)).IsError(400, "failed_precondition", "room_id");
    }

    [Fact]
    public async Task A_room_of_a_thousand_fits_through_every_protocol()
    {
        var owner = await server.SignUp("Owner");
        var room = (await server.Call("POST", "/v1/rooms", """{"name": "Stadium", "capacity": 1000, "open": true}""", owner.AccessToken)).As<Room>();
        // Names of the most bytes: 30 characters outside the basic plane.
        var name = string.Concat(Enumerable.Repeat("🦩", 30));
        var region = server.Services.GetRequiredService<IRequiredActor<RoomRegion>>().ActorRef;
        for (var number = 1; number < 1_000; number++)
            Assert.IsType<RoomReplies.RoomIs>(await region.Ask<Reply>(new RoomCommands.Join(new(room.RoomId), new(UserId.New(DateTimeOffset.UtcNow), name)), TimeSpan.FromSeconds(30)));

        var late = await server.SignUp("Late");
        (await server.Call("POST", $"/v1/rooms/{room.RoomId}:join", "{}", late.AccessToken)).IsError(400, "failed_precondition");

        await using var client = await ChatClient.ConnectAsync(server.Web, ChatTransport.Json);
        var welcomed = Assert.Single((await client.HelloAsync(owner.AccessToken)).Rooms);
        Assert.Equal((1_000, 50), (welcomed.MemberCount, welcomed.Members.Count));
        Assert.Equal(welcomed, await Rooms.GetRoomAsync(new() { RoomId = room.RoomId }, Bearer(owner)));
        Assert.Equal(welcomed, (await server.Call("GET", $"/v1/rooms/{room.RoomId}", token: owner.AccessToken)).As<Room>());

        var (overHttp, overGrpc) = (new List<Member>(), new List<Member>());
        var (httpToken, grpcToken) = ("", "");
        do
        {
            var page = (await server.Call("GET", $"/v1/rooms/{room.RoomId}/members?pageSize=200&pageToken={httpToken}", token: owner.AccessToken)).As<ListMembersResponse>();
            overHttp.AddRange(page.Members);
            httpToken = page.NextPageToken;
            var same = await Rooms.ListMembersAsync(new() { RoomId = room.RoomId, PageSize = 200, PageToken = grpcToken }, Bearer(owner));
            overGrpc.AddRange(same.Members);
            grpcToken = same.NextPageToken;
        }
        while (httpToken.Length > 0);
        Assert.Equal(1_000, overHttp.Select(member => member.MemberId).Distinct().Count());
        Assert.Equal(overHttp, overGrpc);
        (await server.Call("GET", $"/v1/rooms/{room.RoomId}/members", token: late.AccessToken)).IsError(403, "permission_denied", "room_id");
        (await server.Call("GET", $"/v1/rooms/{room.RoomId}/members?pageToken=next", token: owner.AccessToken)).IsError(400, "invalid_argument", "page_token");
        (await server.Call("GET", $"/v1/rooms/{room.RoomId}/members?pageSize=-1", token: owner.AccessToken)).IsError(400, "invalid_argument", "page_size");
    }

    private static Metadata Bearer(Credentials caller) => new() { { "authorization", $"Bearer {caller.AccessToken}" } };

    private static string IdOf(Room room, string nickname) => room.Members.Single(member => member.Nickname == nickname).MemberId;

    private static async Task IsRefused<T>(AsyncUnaryCall<T> call, StatusCode status, string field)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal((status, field), (refused.StatusCode, refused.Field()));
    }

    // The room as the last new member sees it.
    private async Task<Room> OpenWith(Credentials owner, params Credentials[] guests)
    {
        var room = await Rooms.CreateRoomAsync(new() { Name = "Tea", Capacity = 9, Open = true }, Bearer(owner));
        foreach (var guest in guests)
            room = await Rooms.JoinRoomAsync(new() { RoomId = room.RoomId }, Bearer(guest));
        return room;
    }
}
