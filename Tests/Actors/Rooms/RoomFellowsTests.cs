using WebChat.Actors;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;
using EndReason = WebChat.V1.RoomEnded.Types.Reason;
using LeaveReason = WebChat.V1.MemberLeft.Types.Reason;
using MemberLeft = WebChat.Journal.V1.MemberLeft;
using RoomEnded = WebChat.Journal.V1.RoomEnded;

namespace WebChat.Tests.Actors.Rooms;

public sealed class RoomFellowsTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly RoomId Id = RoomId.New(Now);
    private static readonly Person Ann = new(UserId.New(Now), "Ann");
    private static readonly Person Bob = new(UserId.New(Now), "Bob");
    private static readonly Person Cyd = new(UserId.New(Now), "Cyd");

    [Fact]
    public void A_former_member_still_finds_the_members_of_the_room()
    {
        var room = Group().After(s => s.Leave(Bob.UserId, LeaveReason.Left, Now)).After(s => s.End(new RoomCommands.End(Id, Ann.UserId), Now));

        Assert.Null(room.Meet(Bob.UserId, MemberOf(room, Ann), out var ann).Rejection);
        Assert.Null(room.Meet(Ann.UserId, MemberOf(room, Bob), out var bob).Rejection);
        Assert.Equal((Ann.UserId, Bob.UserId), (ann!.UserId, bob!.UserId));
    }

    [Fact]
    public void A_stranger_finds_no_member_and_a_member_finds_neither_strangers_nor_itself()
    {
        var room = Group();

        Assert.Equal((ErrorCode.PermissionDenied, "room_id"), Fault(room.Meet(Cyd.UserId, MemberOf(room, Ann), out _).Rejection));
        Assert.Equal((ErrorCode.NotFound, "member_id"), Fault(room.Meet(Ann.UserId, MemberId.New(Now), out _).Rejection));
        Assert.Equal((ErrorCode.InvalidArgument, "member_id"), Fault(room.Meet(Ann.UserId, MemberOf(room, Ann), out _).Rejection));
        Assert.Equal((ErrorCode.NotFound, "room_id"), Fault(RoomState.Initial.Meet(Ann.UserId, MemberId.New(Now), out _).Rejection));
    }

    // A user that left and came back was once another member, and earlier messages had no author.
    [Fact]
    public void A_user_that_joins_again_is_the_member_that_left()
    {
        var room = Group();
        var before = MemberOf(room, Bob);

        room = room.After(s => s.Leave(Bob.UserId, LeaveReason.Left, Now)).After(s => s.Join(new(Id, Bob with { Nickname = "Robert" }), Now));

        Assert.Equal(before, MemberOf(room, Bob));
        Assert.Equal("Robert", room.PresentMember(Bob.UserId)?.Nickname);
    }

    [Fact]
    public void A_pair_that_is_parted_ends_as_if_one_had_left()
    {
        var room = RoomState.Initial.After(s => s.Open(new RoomCommands.OpenPair(Id, Ann, Bob), Now));

        Assert.Empty(room.Part(Ann.UserId, new HashSet<UserId> { Cyd.UserId }, Now).Events);
        var events = room.Part(Ann.UserId, new HashSet<UserId> { Bob.UserId }, Now).Events;

        Assert.Equal(LeaveReason.Left, Assert.IsType<MemberLeft>(events[0]).Reason);
        Assert.Equal(EndReason.PartnerLeft, Assert.IsType<RoomEnded>(events[1]).Reason);
        Assert.Equal(room.Leave(Ann.UserId, LeaveReason.Left, Now).Events, events);
    }

    [Fact]
    public void A_group_is_not_parted() =>
        Assert.Empty(Group().Part(Ann.UserId, new HashSet<UserId> { Bob.UserId }, Now).Events);

    private static RoomState Group() => RoomState.Initial
        .After(s => s.Open(new RoomCommands.OpenGroup(Id, Ann, "Tea", 3, Open: true), Now))
        .After(s => s.Join(new(Id, Bob), Now));

    private static MemberId MemberOf(RoomState room, Person person) => room.Members[person.UserId].MemberId;

    private static (ErrorCode?, string?) Fault(Rejection? rejection) => (rejection?.Code, rejection?.Field);
}
