using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors;
using WebChat.Actors.Accounts.Erasure;
using WebChat.Actors.Hosting;
using WebChat.Actors.Matching;
using WebChat.Actors.Persistence.Encryption;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Tests.Actors.Connections;
using WebChat.V1;

namespace WebChat.Tests.Actors.Users;

public sealed class BlockActorTests : TestKit
{
    private static readonly TimeSpan PartAgainAfter = TimeSpan.FromSeconds(2);

    private readonly RoomId _room = RoomId.New(DateTimeOffset.UnixEpoch);
    private readonly MemberId _bobHere = MemberId.New(DateTimeOffset.UnixEpoch);
    private readonly ActorHost _host;
    private UserId _ann = UserId.New(DateTimeOffset.UnixEpoch);
    private UserId _bob = UserId.New(DateTimeOffset.UnixEpoch);

    public BlockActorTests() : this(ActorHost.Start(settings: ("WebChat:Matching:RematchAfter", "00:00:00")))
    {
    }

    private BlockActorTests(ActorHost host) : base(host.System) => _host = host;

    [Fact]
    public async Task A_block_ends_the_pair_and_the_partner_learns_only_that_the_user_left()
    {
        var (ann, bob, room) = await Pair();

        await Block(room);

        Assert.Equal(MemberLeft.Types.Reason.Left, (await bob.ReadEvent()).MemberLeft.Reason);
        Assert.Equal(RoomEnded.Types.Reason.PartnerLeft, (await bob.ReadEvent()).RoomEnded.Reason);
        Assert.Equal(MemberLeft.Types.Reason.Left, (await ann.ReadEvent()).MemberLeft.Reason);
        Assert.DoesNotContain((await Ask<RoomReplies.RoomIs>(new RoomQueries.GetRoom(new(room.RoomId), _bob))).Room.Members, member => member.Blocked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_users_meet_again_only_after_the_block_is_removed(bool blockerComesFirst)
    {
        var (ann, bob, room) = await Pair();
        var block = await Block(room);
        await bob.Read(frame => frame.Event?.RoomEnded is not null);
        AwaitSearching(blockerComesFirst ? _ann : _bob, SearchState.Types.State.Waiting);
        AwaitSearching(blockerComesFirst ? _bob : _ann, SearchState.Types.State.Waiting);

        await Ask<Done>(new UserCommands.Unblock(_ann, new(block.BlockId)));

        Assert.Equal((await ann.Read(frame => frame.Match is not null)).Match.Room.RoomId, (await bob.Read(frame => frame.Match is not null)).Match.Room.RoomId);
    }

    [Fact]
    public async Task A_block_during_a_search_counts_at_once()
    {
        var (rooms, matcher) = (CreateTestProbe(), CreateTestProbe());
        _host.Replace<RoomRegion>(rooms.Ref);
        _host.Replace<MatcherRegion>(matcher.Ref);
        await SignUp(_ann);
        matcher.FishForMessage<MatcherCommands.Reconsider>(_ => true);

        var block = await BlockKnownTo(rooms);
        Assert.Equal([_bob.Value], matcher.ExpectMsg<MatcherCommands.Reconsider>().Seeker.Blocked);
        await Ask<Done>(new UserCommands.Unblock(_ann, new(block.BlockId)));

        Assert.Empty(matcher.ExpectMsg<MatcherCommands.Reconsider>().Seeker.Blocked);
    }

    [Fact]
    public async Task A_pair_room_that_does_not_answer_is_asked_again_until_it_has_removed_the_user()
    {
        var rooms = CreateTestProbe();
        _host.Replace<RoomRegion>(rooms.Ref);
        await SignUp(_ann);
        await Ask<UserReplies.Entered>(new UserCommands.EnterRoom(_ann, _room, Room.Types.Kind.Pair));
        rooms.ExpectMsg<RoomQueries.StillIn>();
        rooms.Reply(new RoomReplies.Membership(_room, IsIn: true));
        await BlockKnownTo(rooms);

        var part = rooms.ExpectMsg<RoomCommands.Part>();
        Assert.Equal((_room, _ann, _bob), (part.RoomId, part.UserId, part.From.Single()));
        _host.Clock.Advance(PartAgainAfter);
        rooms.ExpectMsg<RoomCommands.Part>();
        rooms.Reply(new Rejection(ErrorCode.Unavailable, "Not now."));
        _host.Clock.Advance(PartAgainAfter);
        rooms.ExpectMsg<RoomCommands.Part>();
        rooms.Reply(new RoomReplies.Parted(_room));

        await Ask<UserReplies.RoomsAre>(new UserQueries.GetRooms(_ann));
        _host.Clock.Advance(PartAgainAfter);
        await Ask<UserReplies.RoomsAre>(new UserQueries.GetRooms(_ann));
        rooms.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_pair_that_outlived_a_block_because_of_a_crash_is_ended_when_the_user_recovers()
    {
        var rooms = CreateTestProbe();
        _host.Replace<RoomRegion>(rooms.Ref);
        await SignUp(_ann);
        await Ask<UserReplies.Entered>(new UserCommands.EnterRoom(_ann, _room, Room.Types.Kind.Pair));
        await BlockKnownTo(rooms);

        using var again = _host.Restart();
        var afterwards = new TestKit(again.System).CreateTestProbe();
        again.Replace<RoomRegion>(afterwards.Ref);
        again.Region<UserRegion>().Tell(new UserQueries.GetProfile(_ann), ActorRefs.NoSender);

        Assert.Equal(_room, afterwards.FishForMessage<RoomCommands.Part>(_ => true).RoomId);
    }

    [Fact]
    public async Task Users_paired_before_the_matcher_knew_of_the_block_are_parted()
    {
        var rooms = CreateTestProbe();
        _host.Replace<RoomRegion>(rooms.Ref);
        await SignUp(_ann);
        await BlockKnownTo(rooms);

        await Ask<UserReplies.Entered>(new UserCommands.EnterRoom(_ann, _room, Room.Types.Kind.Pair));

        Assert.Equal(_room, rooms.ExpectMsg<RoomCommands.Part>().RoomId);
    }

    [Fact]
    public async Task A_user_with_a_deleted_account_stays_blocked_without_a_name()
    {
        var rooms = CreateTestProbe();
        _host.Replace<RoomRegion>(rooms.Ref);
        await SignUp(_ann);
        var block = await BlockKnownTo(rooms);
        _host.Services.GetRequiredService<PersonKeys>().Destroy(_bob);

        using var again = _host.Restart();
        var blocks = await again.Region<UserRegion>().Ask<UserReplies.BlocksAre>(new UserQueries.GetBlocks(_ann), TimeSpan.FromSeconds(20));

        Assert.Equal((block.BlockId, ""), (blocks.Blocks.Single().BlockId, blocks.Blocks.Single().Nickname));
        Assert.Equal([_bob], blocks.Users);
    }

    [Fact]
    public async Task A_group_marks_blocked_members_for_the_blocking_user_only()
    {
        (_ann, _bob) = (await Client.NewUser(_host, "Ann"), await Client.NewUser(_host, "Bob"));
        var (ann, _) = await Client.Hello(_host, _ann);
        var (bob, _) = await Client.Hello(_host, _bob);
        var room = (await Ask<UserReplies.Entered>(new UserCommands.CreateRoom(_ann, "Tea", 3, Open: true))).RoomId;
        var seen = (await bob.Ask(new() { Join = new() { RoomId = room.Value } })).Room;
        var bobs = seen.Members.Single(member => member.You).MemberId;

        var block = (await Ask<UserReplies.BlockIs>(new UserCommands.Block(_ann, room, new(bobs)))).Block;
        var marked = (await ann.Read(frame => frame.Room is { } shown && shown.Members.Any(member => member.Blocked))).Room;

        Assert.Equal([bobs], marked.Members.Where(member => member.Blocked).Select(member => member.MemberId));
        Assert.Equal([bobs], (await Client.Hello(_host, _ann)).Welcome.Rooms.Single().Members.Where(member => member.Blocked).Select(member => member.MemberId));
        Assert.DoesNotContain((await Client.Hello(_host, _bob)).Welcome.Rooms.Single().Members, member => member.Blocked);
        await Ask<Done>(new UserCommands.Unblock(_ann, new(block.BlockId)));
        await ann.Read(frame => frame.Room is { } shown && !shown.Members.Any(member => member.Blocked));
    }

    // The list showed the name from memory until the blocking user's entity happened to leave it.
    [Fact]
    public async Task A_blocked_user_that_deletes_its_account_has_no_name_in_the_list_any_more()
    {
        var (_, _, room) = await Pair();
        Assert.Equal("Bob", (await Block(room)).Nickname);

        await _host.Region<ErasureRegion>().Ask<Done>(new ErasureCommands.Request(_bob, Client.LoginOf(_bob).Username), TimeSpan.FromSeconds(20));

        AwaitAssert(() =>
        {
            _host.Region<UserRegion>().Tell(new UserQueries.GetBlocks(_ann), TestActor);
            Assert.Empty(Assert.Single(ExpectMsg<UserReplies.BlocksAre>().Blocks).Nickname);
        });
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _host.Dispose();
    }

    private async Task<(Client Ann, Client Bob, Room Room)> Pair()
    {
        (_ann, _bob) = (await Client.NewUser(_host, "Ann"), await Client.NewUser(_host, "Bob"));
        var (ann, _) = await Client.Hello(_host, _ann);
        var (bob, _) = await Client.Hello(_host, _bob);
        await ann.Ask(new() { Search = new() });
        await bob.Ask(new() { Search = new() });
        await bob.Read(frame => frame.Match is not null);
        return (ann, bob, (await ann.Read(frame => frame.Match is not null)).Match.Room);
    }

    private async Task<Block> Block(Room room) =>
        (await Ask<UserReplies.BlockIs>(new UserCommands.Block(_ann, new(room.RoomId), new(room.Members.Single(member => !member.You).MemberId)))).Block;

    // Blocks a member of the room, which the test plays.
    private async Task<Block> BlockKnownTo(TestProbe rooms)
    {
        var blocking = Ask<UserReplies.BlockIs>(new UserCommands.Block(_ann, _room, _bobHere));
        rooms.FishForMessage<RoomQueries.GetFellow>(_ => true);
        rooms.Reply(new RoomReplies.FellowIs(new(_bobHere, _bob, "Bob", Left: true), new Dictionary<MemberId, RoomMember>()));
        return (await blocking).Block;
    }

    private void AwaitSearching(UserId user, SearchState.Types.State state) => AwaitAssert(() =>
    {
        _host.Region<UserRegion>().Tell(new UserCommands.StartSearch(user, Mode.Chat), TestActor);
        Assert.Equal(state, (ExpectMsg<Reply>() as MatcherReplies.SearchIs)?.State.State);
    });

    private async Task SignUp(UserId user)
    {
        await Ask<UserReplies.ProfileIs>(new UserCommands.Create(user, "User"));
        await Ask<UserReplies.ProfileIs>(new UserCommands.UpdateProfile(
            user, new() { BirthDate = "1960-01-02", Gender = Profile.Types.Gender.Other }, ["birth_date", "gender"]));
    }

    private async Task<TReply> Ask<TReply>(Request request)
        where TReply : Reply
    {
        var region = request is RoomRequest ? _host.Region<RoomRegion>() : _host.Region<UserRegion>();
        return Assert.IsType<TReply>(await region.Ask<Reply>(request, TimeSpan.FromSeconds(20)));
    }
}
