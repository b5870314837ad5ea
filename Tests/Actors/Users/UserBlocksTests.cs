using WebChat.Actors;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;
using static WebChat.V1.Profile.Types;

namespace WebChat.Tests.Actors.Users;

public sealed class UserBlocksTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly UserId Id = UserId.New(Now);

    [Fact]
    public void A_repeated_block_keeps_its_first_id()
    {
        var bob = Member("Bob");
        var user = Created().After(s => s.Block(bob, Now));

        Assert.Empty(user.Block(bob with { MemberId = MemberId.New(Now), Nickname = "Robert" }, Now).Events);
        Assert.Equal("Bob", Assert.Single(user.Blocks).Nickname);
    }

    [Fact]
    public void A_removed_block_is_gone()
    {
        var user = Created().After(s => s.Block(Member("Bob"), Now));
        var block = new BlockId(user.Blocks.Single().BlockId);

        user = user.After(s => s.Unblock(block, Now));

        Assert.Empty(user.Blocks);
        Assert.Empty(user.BlockedUsers);
        Assert.Equal((ErrorCode.NotFound, "block_id"), Fault(user.Unblock(block, Now).Rejection));
    }

    [Fact]
    public void A_user_has_at_most_a_thousand_blocks()
    {
        var user = Created();
        for (var i = 0; i < UserState.MaxBlocks; i++)
            user = user.After(s => s.Block(Member("User"), Now));

        Assert.Equal(ErrorCode.FailedPrecondition, user.Block(Member("Bob"), Now).Rejection?.Code);
        user = user.After(s => s.Unblock(new(user.Blocks[0].BlockId), Now));
        Assert.Null(user.Block(Member("Bob"), Now).Rejection);
    }

    [Fact]
    public void The_matcher_receives_the_blocked_users()
    {
        var bob = Member("Bob");
        var user = Created()
            .After(s => s.Update(new() { BirthDate = "1990-01-02", Gender = Gender.Other }, ["birth_date", "gender"], Now))
            .After(s => s.Block(bob, Now));

        user.Search(Id, Now, out var seeker);

        Assert.Equal([bob.UserId.Value], seeker!.Blocked);
    }

    [Fact]
    public void A_snapshot_restores_the_blocks()
    {
        var user = Created().After(s => s.Block(Member("Bob"), Now)).After(s => s.Enter(RoomId.New(Now), Room.Types.Kind.Pair, Now));

        var again = UserState.FromSnapshot(user.ToSnapshot());

        Assert.Equal(user.ToSnapshot(), again.ToSnapshot());
        Assert.Equal(user.BlockedUsers, again.BlockedUsers);
        Assert.Equal(user.PairsToPart, again.PairsToPart);
    }

    private static (ErrorCode?, string?) Fault(Rejection? rejection) => (rejection?.Code, rejection?.Field);

    private static RoomMember Member(string nickname) => new(MemberId.New(Now), UserId.New(Now), nickname, Left: false);

    private static UserState Created() => UserState.Initial.After(s => s.Create("Ann", Now));
}
