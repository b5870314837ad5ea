using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;
using MemberLeft = WebChat.Journal.V1.MemberLeft;
using OwnerChanged = WebChat.Journal.V1.OwnerChanged;
using RoomEnded = WebChat.Journal.V1.RoomEnded;
using RoomRenamed = WebChat.Journal.V1.RoomRenamed;

namespace WebChat.Tests.Actors.Rooms;

/// <summary>Whose a group is, and what its owner may do.</summary>
public sealed class RoomGroupTests
{
    private const WebChat.V1.MemberLeft.Types.Reason OwnWish = WebChat.V1.MemberLeft.Types.Reason.Left;

    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly RoomId Id = RoomId.New(Now);
    private static readonly Person Ann = new(UserId.New(Now), "Ann");
    private static readonly Person Bob = new(UserId.New(Now), "Bob");
    private static readonly Person Cyd = new(UserId.New(Now), "Cyd");
    private static readonly RoomName Coffee = new("Coffee");

    private readonly RoomState _room = RoomState.Initial
        .After(s => s.Open(new RoomCommands.OpenGroup(Id, Ann, "Tea", 9, true), Now))
        .After(s => s.Join(new(Id, Bob), Now))
        .After(s => s.Join(new(Id, Cyd), Now));

    private readonly RoomState _pair = RoomState.Initial.After(s => s.Open(new RoomCommands.OpenPair(Id, Ann, Bob), Now));

    [Fact]
    public void The_owner_renames_the_room_and_the_same_name_again_changes_nothing()
    {
        var renamed = Assert.IsType<RoomRenamed>(Assert.Single(_room.Rename(new(Id, Ann.UserId, Coffee), Now).Events));
        Assert.Equal(("Coffee", MemberOf(Ann).Value), (renamed.Name, renamed.ByMemberId));

        var room = _room.Apply(renamed);

        Assert.Equal("Coffee", room.Name);
        Assert.Equal(Decision.Nothing, room.Rename(new(Id, Ann.UserId, Coffee), Now));
        Assert.Equal("Coffee", RoomState.FromSnapshot(room.ToSnapshot()).Name);
        Assert.Equal("Tea", RoomState.FromSnapshot(_room.ToSnapshot()).Name);
    }

    [Fact]
    public void A_removed_member_cannot_join_again()
    {
        var left = Assert.IsType<MemberLeft>(Assert.Single(_room.RemoveMember(Remove(Ann, Bob), Now).Events));
        Assert.Equal(WebChat.V1.MemberLeft.Types.Reason.Removed, left.Reason);

        foreach (var room in new[] { _room.Apply(left), RoomState.FromSnapshot(_room.Apply(left).ToSnapshot()) })
        {
            Assert.Null(room.Reader(Bob.UserId));
            Assert.Equal((ErrorCode.PermissionDenied, "room_id"), Refusal(room.Join(new(Id, Bob), Now)));
            Assert.Equal(Decision.Nothing, room.RemoveMember(Remove(Ann, Bob), Now));
            Assert.Equal(["Ann", "Cyd"], room.Listed.Select(member => member.Nickname));
        }
    }

    [Fact]
    public void A_member_that_left_may_join_again() =>
        Assert.Null(_room.After(s => s.Leave(Bob.UserId, OwnWish, Now)).Join(new(Id, Bob), Now).Rejection);

    [Fact]
    public void Only_the_owner_renames_and_removes()
    {
        Assert.Equal((ErrorCode.PermissionDenied, "room_id"), Refusal(_room.Rename(new(Id, Bob.UserId, Coffee), Now)));
        Assert.Equal((ErrorCode.PermissionDenied, "room_id"), Refusal(_room.RemoveMember(Remove(Bob, Cyd), Now)));
        var stranger = new Person(UserId.New(Now), "Dan");
        Assert.Equal((ErrorCode.PermissionDenied, "room_id"), Refusal(_room.Rename(new(Id, stranger.UserId, Coffee), Now)));
        Assert.Equal((ErrorCode.PermissionDenied, "room_id"), Refusal(_room.RemoveMember(Remove(stranger, Cyd), Now)));
    }

    [Fact]
    public void A_pair_is_neither_renamed_nor_rid_of_a_member()
    {
        Assert.Equal((ErrorCode.FailedPrecondition, "room_id"), Refusal(_pair.Rename(new(Id, Ann.UserId, Coffee), Now)));
        Assert.Equal(
            (ErrorCode.FailedPrecondition, "room_id"),
            Refusal(_pair.RemoveMember(new(Id, Ann.UserId, _pair.Members[Bob.UserId].MemberId), Now)));
    }

    [Fact]
    public void A_room_that_has_ended_is_neither_renamed_nor_rid_of_a_member()
    {
        var room = _room.After(s => s.End(new(Id, Ann.UserId), Now));

        Assert.Equal((ErrorCode.FailedPrecondition, "room_id"), Refusal(room.Rename(new(Id, Ann.UserId, Coffee), Now)));
        Assert.Equal((ErrorCode.FailedPrecondition, "room_id"), Refusal(room.RemoveMember(Remove(Ann, Bob), Now)));
    }

    [Fact]
    public void What_is_not_there_is_not_found()
    {
        Assert.Equal((ErrorCode.NotFound, "room_id"), Refusal(RoomState.Initial.Rename(new(Id, Ann.UserId, Coffee), Now)));
        Assert.Equal((ErrorCode.NotFound, "room_id"), Refusal(RoomState.Initial.RemoveMember(Remove(Ann, Bob), Now)));
        Assert.Equal((ErrorCode.NotFound, "member_id"), Refusal(_room.RemoveMember(new(Id, Ann.UserId, MemberId.New(Now)), Now)));
        var without = _room.After(s => s.Leave(Bob.UserId, OwnWish, Now));
        Assert.Equal((ErrorCode.NotFound, "member_id"), Refusal(without.RemoveMember(Remove(Ann, Bob), Now)));
    }

    [Fact]
    public void A_member_cannot_remove_itself() =>
        Assert.Equal((ErrorCode.FailedPrecondition, "member_id"), Refusal(_room.RemoveMember(Remove(Ann, Ann), Now)));

    [Fact]
    public void What_an_owner_leaves_passes_to_the_longest_standing_member()
    {
        var events = _room.Leave(Ann.UserId, OwnWish, Now).Events;
        Assert.Equal(MemberOf(Bob).Value, Assert.IsType<OwnerChanged>(events[1]).MemberId);

        var room = events.Aggregate(_room, (s, e) => s.Apply(e)).After(s => s.Join(new(Id, Ann), Now));

        Assert.Equal(Bob.UserId, RoomState.FromSnapshot(room.ToSnapshot()).Owner);
        Assert.Equal(ErrorCode.PermissionDenied, room.End(new(Id, Ann.UserId), Now).Rejection?.Code);
        Assert.IsType<RoomEnded>(Assert.Single(room.End(new(Id, Bob.UserId), Now).Events));
    }

    [Fact]
    public void A_member_that_joined_again_stands_behind_those_that_stayed()
    {
        var room = _room.After(s => s.Leave(Bob.UserId, OwnWish, Now)).After(s => s.Join(new(Id, Bob), Now));

        foreach (var same in new[] { room, RoomState.FromSnapshot(room.ToSnapshot()) })
        {
            Assert.Equal(["Ann", "Cyd", "Bob"], same.Listed.Select(member => member.Nickname));
            Assert.Equal(Cyd.UserId, same.After(s => s.Leave(Ann.UserId, OwnWish, Now)).Owner);
        }
    }

    [Fact]
    public void A_member_that_is_not_the_owner_passes_nothing_on() =>
        Assert.IsType<MemberLeft>(Assert.Single(_room.Leave(Bob.UserId, OwnWish, Now).Events));

    private static (ErrorCode?, string?) Refusal(Decision decision) => (decision.Rejection?.Code, decision.Rejection?.Field);

    private MemberId MemberOf(Person person) => _room.Members.TryGetValue(person.UserId, out var member) ? member.MemberId : MemberId.New(Now);

    private RoomCommands.RemoveMember Remove(Person by, Person whom) => new(Id, by.UserId, MemberOf(whom));
}
