using Akka.Actor;
using Akka.TestKit.Xunit2;
using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;

namespace WebChat.Tests.Actors.Users;

/// <summary>The user's list of rooms beside the rooms themselves.</summary>
public sealed class UserRoomsTests : TestKit
{
    private static readonly TimeSpan ConfirmAgainAfter = TimeSpan.FromSeconds(5);

    private readonly UserId _ann = UserId.New(DateTimeOffset.UnixEpoch);
    private readonly UserId _bob = UserId.New(DateTimeOffset.UnixEpoch);
    private readonly RoomId _room = RoomId.New(DateTimeOffset.UnixEpoch);
    private ActorHost _host;

    public UserRoomsTests()
        : this(ActorHost.Start())
    {
    }

    private UserRoomsTests(ActorHost host)
        : base(host.System) => _host = host;

    // The matcher repeats its notice of a pair after a crash. By then the pair may have ended, and the user may have been told so:
    // the user believed to be in a pair for ever, and could not search.
    [Fact]
    public async Task A_pair_that_is_entered_after_its_end_is_left_again()
    {
        await Ask<UserReplies.ProfileIs>(new UserCommands.Create(_ann, "Ann"));
        await Ask<RoomReplies.RoomIs>(new RoomCommands.OpenPair(_room, new(_ann, "Ann"), new(_bob, "Bob")));
        await Ask<RoomReplies.RoomIs>(new RoomCommands.Leave(_room, _bob));

        await Ask<UserReplies.Entered>(new UserCommands.EnterRoom(_ann, _room, Room.Types.Kind.Pair));

        AwaitRooms();
    }

    [Fact]
    public async Task A_room_that_cannot_answer_is_asked_again_whether_the_user_is_in_it()
    {
        var rooms = CreateTestProbe();
        _host.Replace<RoomRegion>(rooms.Ref);
        await Ask<UserReplies.ProfileIs>(new UserCommands.Create(_ann, "Ann"));
        await Ask<UserReplies.Entered>(new UserCommands.EnterRoom(_ann, _room, Room.Types.Kind.Pair));

        rooms.ExpectMsg<RoomQueries.StillIn>();
        rooms.Reply(new Rejection(ErrorCode.Unavailable, "Not now."));
        AwaitRooms(_room);
        _host.Clock.Advance(ConfirmAgainAfter);
        rooms.ExpectMsg<RoomQueries.StillIn>();
        rooms.Reply(new RoomReplies.Membership(_room, IsIn: false));

        AwaitRooms();
        _host.Clock.Advance(ConfirmAgainAfter);
        AwaitRooms();
        rooms.ExpectNoMsg(TimeSpan.Zero);
    }

    // The answer may be lost with a node, also between the steps of the entity. Then a client repeats its request.
    [Fact]
    public async Task A_repeated_request_for_a_group_gets_the_room_of_the_first_one()
    {
        var rooms = CreateTestProbe();
        _host.Replace<RoomRegion>(rooms.Ref);
        await Ask<UserReplies.ProfileIs>(new UserCommands.Create(_ann, "Ann"));
        var request = new UserCommands.CreateRoom(_ann, "Tea", 3, Open: true, new ClientId("1"));
        _host.Region<UserRegion>().Tell(request, TestActor);
        var room = rooms.ExpectMsg<RoomCommands.OpenGroup>().RoomId;

        _host = _host.Restart();

        Assert.Equal(room, (await Ask<UserReplies.Entered>(request)).RoomId);
        Assert.Equal(room, (await Ask<UserReplies.Entered>(request)).RoomId);
        Assert.NotEqual(room, (await Ask<UserReplies.Entered>(request with { ClientId = new ClientId("2") })).RoomId);
        Assert.NotEqual(room, (await Ask<UserReplies.Entered>(request with { ClientId = null })).RoomId);
        Assert.Equal(3, (await Ask<UserReplies.RoomsAre>(new UserQueries.GetRooms(_ann))).Rooms.Count);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _host.Dispose();
    }

    private void AwaitRooms(params RoomId[] rooms) => AwaitAssert(() =>
    {
        _host.Region<UserRegion>().Tell(new UserQueries.GetRooms(_ann), TestActor);
        Assert.Equal(rooms, ExpectMsg<UserReplies.RoomsAre>().Rooms.Select(room => room.RoomId));
    });

    private async Task<TReply> Ask<TReply>(Request request)
        where TReply : Reply
    {
        var region = request is RoomRequest ? _host.Region<RoomRegion>() : _host.Region<UserRegion>();
        return Assert.IsType<TReply>(await region.Ask<Reply>(request, TimeSpan.FromSeconds(20)));
    }
}
