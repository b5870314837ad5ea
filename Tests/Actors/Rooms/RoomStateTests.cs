using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;
using MessagePosted = WebChat.Journal.V1.MessagePosted;
using RoomEnded = WebChat.Journal.V1.RoomEnded;

namespace WebChat.Tests.Actors.Rooms;

public sealed class RoomStateTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly RoomId Id = RoomId.New(Now);
    private static readonly Person Ann = new(UserId.New(Now), "Ann");
    private static readonly Person Bob = new(UserId.New(Now), "Bob");
    private static readonly Person Cyd = new(UserId.New(Now), "Cyd");

    [Fact]
    public void Opening_a_pair_twice_opens_it_once()
    {
        var room = Pair();

        Assert.Equal(2, room.LastSeq);
        Assert.Empty(room.Open(new RoomCommands.OpenPair(Id, Ann, Bob), Now).Events);
    }

    [Fact]
    public void The_same_message_again_posts_nothing()
    {
        var room = Pair().After(s => s.Send(Say(Ann, "1", "hello"), null, Now));

        Assert.Equal(3, room.LastSeq);
        Assert.Equal(Decision.Nothing, room.Send(Say(Ann, "1", "hello"), null, Now.AddMinutes(1)));
    }

    [Fact]
    public void Two_people_may_choose_the_same_client_id()
    {
        var room = Pair().After(s => s.Send(Say(Ann, "1", "hello"), null, Now)).After(s => s.Send(Say(Bob, "1", "hello"), null, Now));

        Assert.Equal(4, room.LastSeq);
    }

    [Fact]
    public void A_stranger_can_neither_send_nor_leave_nor_end()
    {
        var room = Pair();

        Assert.Equal(ErrorCode.PermissionDenied, room.Send(Say(Cyd, "1", "hello"), null, Now).Rejection?.Code);
        Assert.Equal(ErrorCode.PermissionDenied, room.Leave(Cyd.UserId, MemberLeft.Types.Reason.Left, Now).Rejection?.Code);
        Assert.Equal(ErrorCode.PermissionDenied, room.End(new(Id, Cyd.UserId), Now).Rejection?.Code);
        Assert.Equal(ErrorCode.PermissionDenied, room.Join(new(Id, Cyd), Now).Rejection?.Code);
    }

    [Fact]
    public void What_is_not_there_is_not_found()
    {
        Assert.Equal(ErrorCode.NotFound, RoomState.Initial.Send(Say(Ann, "1", "hello"), null, Now).Rejection?.Code);
        Assert.Equal(ErrorCode.NotFound, RoomState.Initial.Join(new(Id, Ann), Now).Rejection?.Code);
        Assert.Equal(ErrorCode.NotFound, RoomState.Initial.End(new(Id, Ann.UserId), Now).Rejection?.Code);
    }

    [Fact]
    public void A_member_that_leaves_a_pair_ends_it()
    {
        var room = Pair().After(s => s.Leave(Ann.UserId, MemberLeft.Types.Reason.Left, Now));

        Assert.True(room.Ended);
        Assert.Equal(ErrorCode.FailedPrecondition, room.Send(Say(Bob, "1", "still there?"), null, Now).Rejection?.Code);
    }

    [Fact]
    public void A_message_that_was_acknowledged_stays_so_after_the_end()
    {
        var room = Pair()
            .After(s => s.Send(Say(Ann, "1", "hello"), null, Now))
            .After(s => s.Leave(Bob.UserId, MemberLeft.Types.Reason.Left, Now));

        Assert.Equal(Decision.Nothing, room.Send(Say(Ann, "1", "hello"), null, Now));
    }

    [Fact]
    public void A_member_that_left_a_pair_may_still_read_it()
    {
        var room = Pair().After(s => s.Leave(Ann.UserId, MemberLeft.Types.Reason.Left, Now));

        Assert.NotNull(room.Reader(Ann.UserId));
        Assert.NotNull(room.Reader(Bob.UserId));
        Assert.Null(room.Reader(Cyd.UserId));
    }

    [Fact]
    public void A_member_that_left_a_group_may_no_longer_read_it()
    {
        var room = Group(capacity: 3).After(s => s.Join(new(Id, Bob), Now)).After(s => s.Leave(Bob.UserId, MemberLeft.Types.Reason.Left, Now));

        Assert.Null(room.Reader(Bob.UserId));
        Assert.False(room.Ended);
    }

    [Fact]
    public void A_group_takes_no_more_than_its_capacity()
    {
        var room = Group(capacity: 2).After(s => s.Join(new(Id, Bob), Now));

        Assert.Equal(ErrorCode.FailedPrecondition, room.Join(new(Id, Cyd), Now).Rejection?.Code);
        Assert.Equal(Decision.Nothing, room.Join(new(Id, Bob), Now));
    }

    [Fact]
    public void A_closed_group_cannot_be_joined() =>
        Assert.Equal(ErrorCode.PermissionDenied, Group(capacity: 3, open: false).Join(new(Id, Bob), Now).Rejection?.Code);

    [Fact]
    public void Only_the_owner_of_a_group_ends_it()
    {
        var room = Group(capacity: 3).After(s => s.Join(new(Id, Bob), Now));

        Assert.Equal(ErrorCode.PermissionDenied, room.End(new(Id, Bob.UserId), Now).Rejection?.Code);
        Assert.IsType<RoomEnded>(Assert.Single(room.End(new(Id, Ann.UserId), Now).Events));
    }

    [Fact]
    public void A_group_ends_with_its_last_member()
    {
        var room = Group(capacity: 3).After(s => s.Leave(Ann.UserId, MemberLeft.Types.Reason.Left, Now));

        Assert.True(room.Ended);
    }

    [Fact]
    public void A_reply_is_to_a_message_of_the_room()
    {
        var room = Pair();
        var posted = Assert.IsType<MessagePosted>(Assert.Single(room.Send(Say(Ann, "1", "hello"), null, Now).Events));
        var first = Post.Of(3, posted);

        var reply = Assert.IsType<MessagePosted>(Assert.Single(room.Apply(posted).Send(Say(Bob, "2", "hi", first.MessageId.Value), first, Now).Events));
        Assert.Equal(first.MessageId.Value, reply.InReplyTo);
        Assert.Equal(ErrorCode.NotFound, room.Send(Say(Bob, "3", "hi", "elsewhere"), null, Now).Rejection?.Code);
    }

    [Fact]
    public void A_room_is_the_same_from_its_snapshot()
    {
        var room = Group(capacity: 5)
            .After(s => s.Join(new(Id, Bob), Now))
            .After(s => s.Send(Say(Bob, "1", "hello"), null, Now))
            .After(s => s.Send(Say(Ann, "2", "hi"), null, Now))
            .After(s => s.Send(Say(Ann, "3", "hi"), null, Now.AddMinutes(1)))
            .After(s => s.Leave(Bob.UserId, MemberLeft.Types.Reason.Absent, Now));

        var restored = RoomState.FromSnapshot(room.ToSnapshot());

        Assert.Equal(room.ToSnapshot(), restored.ToSnapshot());
        Assert.Equal(room.LastSeq, restored.LastSeq);
        Assert.Equal(room.Owner, restored.Owner);
        Assert.Equal(room.Members[Bob.UserId], restored.Members[Bob.UserId]);
        Assert.Equal(room.SentAs(Ann.UserId, new("2"))!.Value, restored.SentAs(Ann.UserId, new("2")));
        Assert.Equal(room.SentAs(Ann.UserId, new("3"))!.Value, restored.SentAs(Ann.UserId, new("3")));
    }

    [Fact]
    public void The_last_64_messages_of_each_member_are_known_by_their_client_ids()
    {
        var room = Pair().After(s => s.Send(Say(Bob, "0", "hi"), null, Now));
        for (var i = 0; i <= 64; i++)
            room = room.After(s => s.Send(Say(Ann, $"{i}", "hello"), null, Now));

        foreach (var same in new[] { room, RoomState.FromSnapshot(room.ToSnapshot()) })
        {
            Assert.Null(same.SentAs(Ann.UserId, new("0")));
            Assert.Equal(5, same.SentAs(Ann.UserId, new("1"))?.Seq);
            Assert.Equal(68, same.SentAs(Ann.UserId, new("64"))?.Seq);
            Assert.Equal(3, same.SentAs(Bob.UserId, new("0"))?.Seq);
        }
    }

    [Fact]
    public void A_member_that_joins_again_does_not_repeat_a_message_sent_before()
    {
        var room = Group(capacity: 3)
            .After(s => s.Join(new(Id, Bob), Now))
            .After(s => s.Send(Say(Bob, "1", "hello"), null, Now))
            .After(s => s.Leave(Bob.UserId, MemberLeft.Types.Reason.Left, Now))
            .After(s => s.Join(new(Id, Bob), Now));

        Assert.Equal(Decision.Nothing, room.Send(Say(Bob, "1", "hello"), null, Now));
    }

    [Fact]
    public void A_snapshot_of_the_largest_room_has_at_most_a_mebibyte()
    {
        var room = Group(capacity: 1_000);
        Person[] members = [Ann, .. Enumerable.Range(2, 999).Select(i => new Person(UserId.New(Now), $"Member {i}"))];
        foreach (var member in members[1..])
            room = room.After(s => s.Join(new(Id, member), Now));
        for (var i = 0; i < 66_000; i++)
            room = room.After(s => s.Send(Say(members[i % 1_000], Guid.NewGuid().ToString(), "hello"), null, Now.AddMilliseconds(50 * i)));

        Assert.InRange(room.ToSnapshot().CalculateSize(), 900_000, 1_048_576);
    }

    private static RoomState Pair() => RoomState.Initial.After(s => s.Open(new RoomCommands.OpenPair(Id, Ann, Bob), Now));

    private static RoomState Group(int capacity, bool open = true) =>
        RoomState.Initial.After(s => s.Open(new RoomCommands.OpenGroup(Id, Ann, "Tea", capacity, open), Now));

    private static RoomCommands.Send Say(Person author, string clientId, string text, string inReplyTo = "") =>
        new(Id, author.UserId, new(clientId), new(text), inReplyTo);
}
