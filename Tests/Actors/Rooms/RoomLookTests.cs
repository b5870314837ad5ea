using WebChat.Actors;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;
using RevealRaised = WebChat.Journal.V1.RevealRaised;

namespace WebChat.Tests.Actors.Rooms;

/// <summary>How much of a member another one may see.</summary>
public sealed class RoomLookTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly RoomId Id = RoomId.New(Start);
    private static readonly Person Ann = new(UserId.New(Start), "Ann");
    private static readonly Person Bob = new(UserId.New(Start), "Bob");

    private readonly RoomState _pair = RoomState.Initial.After(s => s.Open(new RoomCommands.OpenPair(Id, Ann, Bob), Start));
    private readonly RoomState _group = RoomState.Initial
        .After(s => s.Open(new RoomCommands.OpenGroup(Id, Ann, "Tea", 9, true), Start))
        .After(s => s.Join(new RoomCommands.Join(Id, Bob), Start));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_partner_is_seen_as_far_as_the_room_reveals_both(int level)
    {
        var room = level == 0 ? _pair : _pair.Apply(new RevealRaised { Level = level });

        Assert.Null(room.Look(Ann.UserId, MemberIdOf(room, Bob), out var member, out var seen).Rejection);

        Assert.Equal((Bob.UserId, level), (member?.UserId, seen));
    }

    [Fact]
    public void A_member_sees_everything_of_itself()
    {
        _pair.Look(Ann.UserId, MemberIdOf(_pair, Ann), out var member, out var level);

        Assert.Equal((Ann.UserId, RoomState.FullReveal), (member?.UserId, level));
    }

    [Fact]
    public void In_a_group_nothing_is_revealed()
    {
        _group.Look(Ann.UserId, MemberIdOf(_group, Bob), out var member, out var level);

        Assert.Equal((Bob.UserId, 0), (member?.UserId, level));
    }

    [Fact]
    public void A_user_outside_the_room_sees_no_member()
    {
        var stranger = UserId.New(Start);

        Assert.Equal(ErrorCode.PermissionDenied, _pair.Look(stranger, MemberIdOf(_pair, Bob), out _, out _).Rejection?.Code);
        Assert.Equal(ErrorCode.NotFound, RoomState.Initial.Look(stranger, MemberIdOf(_pair, Bob), out _, out _).Rejection?.Code);
    }

    [Fact]
    public void A_user_outside_the_room_is_not_seen()
    {
        Assert.Equal(ErrorCode.NotFound, _pair.Look(Ann.UserId, MemberId.New(Start), out _, out _).Rejection?.Code);
        var left = _group.After(s => s.Leave(Bob.UserId, MemberLeft.Types.Reason.Left, Start));
        Assert.Equal(ErrorCode.NotFound, left.Look(Ann.UserId, MemberIdOf(left, Bob), out _, out _).Rejection?.Code);
    }

    [Fact]
    public void An_open_group_is_seen_by_users_that_can_join_it_and_an_ended_one_by_its_last_members()
    {
        var stranger = UserId.New(Start);
        var removed = _group.After(s => s.RemoveMember(new(Id, Ann.UserId, MemberIdOf(s, Bob)), Start));
        var ended = _group.After(s => s.End(new RoomCommands.End(Id, Ann.UserId), Start));

        Assert.Null(_group.See(stranger).Rejection);
        Assert.Null(ended.See(Bob.UserId).Rejection);
        Assert.Equal(RoomState.NotAMember, removed.See(Bob.UserId));
        Assert.Equal(RoomState.NotAMember, ended.See(stranger));
        Assert.Equal(RoomState.NotAMember, _pair.See(stranger));
    }

    private static MemberId MemberIdOf(RoomState room, Person person) => room.Members[person.UserId].MemberId;
}
