using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using WebChat.Actors;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;

namespace WebChat.Tests.Actors.Rooms;

public sealed class GroupActorTests : TestKit
{
    private const int Capacity = 1_000;
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    private readonly ActorHost _host;
    private readonly IActorRef _rooms;
    private readonly RoomId _id = RoomId.New(DateTimeOffset.UnixEpoch);
    private readonly Person _ann = APerson("Ann");
    private readonly Person _bob = APerson("Bob");
    private readonly Person _cyd = APerson("Cyd");

    public GroupActorTests() : this(ActorHost.Start())
    {
    }

    private GroupActorTests(ActorHost host) : base(host.System)
    {
        _host = host;
        _rooms = host.Region<RoomRegion>();
    }

    [Fact]
    public void A_removed_member_is_told_and_receives_nothing_more()
    {
        Open();
        var (bob, cyd) = (Join(_bob), Join(_cyd));
        var member = cyd.View.Members.Single(m => m.Nickname == "Bob").MemberId;

        _rooms.Tell(new RoomCommands.RemoveMember(_id, _ann.UserId, new(member)), TestActor);
        ExpectMsg<RoomReplies.RoomIs>();
        Say("gone");

        var left = Next(bob.Probe, e => e.MemberLeft is not null);
        Assert.Equal((member, MemberLeft.Types.Reason.Removed), (left.MemberLeft.MemberId, left.MemberLeft.Reason));
        Assert.Equal("gone", Next(cyd.Probe, e => e.MessagePosted is not null).MessagePosted.Text);
        // The room tells all in one go: with Cyd's notice Bob's would have been there.
        bob.Probe.ExpectNoMsg(TimeSpan.Zero);
        Attach(_bob, bob.Probe);
        Assert.Equal(ErrorCode.PermissionDenied, bob.Probe.ExpectMsg<Rejection>().Code);
        _rooms.Tell(new RoomCommands.Join(_id, _bob), TestActor);
        Assert.Equal(ErrorCode.PermissionDenied, ExpectMsg<Rejection>().Code);
    }

    [Fact]
    public void Members_of_a_group_stay_in_it_while_they_are_away()
    {
        Open();
        var bob = Join(_bob);
        var session = SessionId.New(DateTimeOffset.UnixEpoch);
        _rooms.Tell(new RoomCommands.Attach(_id, _ann.UserId, session, Online: true), bob.Probe);
        bob.Probe.FishForMessage<RoomReplies.Attached>(_ => true);
        _rooms.Tell(new RoomCommands.Detach(_id, _ann.UserId, session, MemberLeft.Types.Reason.Left));

        _host.Clock.Advance(Grace);

        Assert.Equal([("Ann", true), ("Bob", false)], Members(_bob).Select(member => (member.Nickname, member.Owner)));
    }

    [Fact]
    public void An_owner_that_leaves_is_followed_by_the_longest_standing_member()
    {
        Open();
        var bob = Join(_bob);
        Join(_cyd);

        _rooms.Tell(new RoomCommands.Leave(_id, _ann.UserId), TestActor);
        ExpectMsg<RoomReplies.RoomIs>();

        Assert.Equal(MemberLeft.Types.Reason.Left, Next(bob.Probe, e => e.MemberLeft is not null).MemberLeft.Reason);
        Assert.Equal(bob.View.Members.Single(m => m.You).MemberId, Next(bob.Probe, e => e.OwnerChanged is not null).OwnerChanged.MemberId);
        _rooms.Tell(new RoomCommands.Rename(_id, _bob.UserId, new("Coffee")), TestActor);
        var room = ExpectMsg<RoomReplies.RoomIs>().Room;
        Assert.Equal(("Coffee", "Bob"), (room.Name, room.Members.Single(m => m.Owner).Nickname));
    }

    [Fact]
    public void A_name_an_owner_and_a_removal_outlive_the_process()
    {
        Open();
        var bob = Join(_bob).View.Members.Single(m => m.You).MemberId;
        Join(_cyd);
        _rooms.Tell(new RoomCommands.Rename(_id, _ann.UserId, new("Coffee")), TestActor);
        _rooms.Tell(new RoomCommands.RemoveMember(_id, _ann.UserId, new(bob)), TestActor);
        _rooms.Tell(new RoomCommands.Leave(_id, _ann.UserId), TestActor);
        ReceiveN(3);

        using var second = _host.Restart();
        var probe = new TestKit(second.System).CreateTestProbe();
        second.Region<RoomRegion>().Tell(new RoomQueries.GetRoom(_id, _cyd.UserId), probe.Ref);
        second.Region<RoomRegion>().Tell(new RoomCommands.Join(_id, _bob), probe.Ref);

        var room = probe.ExpectMsg<RoomReplies.RoomIs>().Room;
        Assert.Equal("Coffee", room.Name);
        Assert.Equal(("Cyd", true, true), Assert.Single(room.Members.Select(m => (m.Nickname, m.You, m.Owner))));
        Assert.Equal(ErrorCode.PermissionDenied, probe.ExpectMsg<Rejection>().Code);
    }

    [Fact]
    public void A_thousand_members_receive_an_event_and_are_listed_and_no_more_may_join()
    {
        Open();
        var people = Enumerable.Range(1, Capacity - 1).Select(number => APerson($"{number}")).ToList();
        foreach (var person in people)
            _rooms.Tell(new RoomCommands.Join(_id, person), TestActor);
        Assert.All(ReceiveN(people.Count), reply => Assert.IsType<RoomReplies.RoomIs>(reply));

        _rooms.Tell(new RoomCommands.Join(_id, APerson("one too many")), TestActor);
        Assert.Equal(ErrorCode.FailedPrecondition, ExpectMsg<Rejection>().Code);

        people.Add(_ann);
        var told = CreateTestProbe();
        foreach (var person in people)
        {
            var ear = Sys.ActorOf(Props.Create(() => new Ear(person.UserId, told.Ref)));
            _rooms.Tell(new RoomCommands.Attach(_id, person.UserId, SessionId.New(DateTimeOffset.UnixEpoch), true), ear);
        }

        Say("hello, everybody");
        Assert.Equal(people.Select(p => p.UserId.Value).ToHashSet(), told.ReceiveN(Capacity).Cast<string>().ToHashSet());

        var last = people[^2];
        _rooms.Tell(new RoomQueries.GetRoom(_id, last.UserId), TestActor);
        var room = ExpectMsg<RoomReplies.RoomIs>().Room;
        Assert.Equal((Capacity, RoomState.CrowdAbove), (room.MemberCount, room.Members.Count));
        Assert.Equal("Ann", room.Members.Single(m => m.Owner).Nickname);
        Assert.Equal(last.Nickname, room.Members.Single(m => m.You).Nickname);
        Assert.InRange(room.CalculateSize(), 1, 16 * 1024);
        Assert.Equal(["Ann", .. people.SkipLast(1).Select(p => p.Nickname)], Members(last).Select(m => m.Nickname));
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _host.Dispose();
    }

    private static Person APerson(string name) => new(UserId.New(DateTimeOffset.UnixEpoch), name);

    private static RoomEvent Next(TestProbe probe, Func<RoomEvent, bool> meant) =>
        probe.FishForMessage<RoomNotices.Happened>(h => meant(h.Frame.Frame.Event)).Frame.Frame.Event;

    private void Open()
    {
        _rooms.Tell(new RoomCommands.OpenGroup(_id, _ann, "Tea", Capacity, true), TestActor);
        ExpectMsg<RoomReplies.RoomIs>();
    }

    private (TestProbe Probe, Room View) Join(Person person)
    {
        _rooms.Tell(new RoomCommands.Join(_id, person), TestActor);
        ExpectMsg<RoomReplies.RoomIs>();
        var probe = CreateTestProbe();
        Attach(person, probe);
        return (probe, probe.ExpectMsg<RoomReplies.Attached>().Room);
    }

    private void Attach(Person person, TestProbe probe) =>
        _rooms.Tell(new RoomCommands.Attach(_id, person.UserId, SessionId.New(DateTimeOffset.UnixEpoch), true), probe.Ref);

    private void Say(string text)
    {
        _rooms.Tell(new RoomCommands.Send(_id, _ann.UserId, new("1"), new(text), ""), TestActor);
        ExpectMsg<RoomReplies.Posted>();
    }

    private List<Member> Members(Person reader)
    {
        var members = new List<Member>();
        var next = 0L;
        do
        {
            _rooms.Tell(new RoomQueries.GetMembers(_id, reader.UserId, next, 300), TestActor);
            var page = ExpectMsg<RoomReplies.MembersAre>();
            members.AddRange(page.Members);
            next = page.Next;
        }
        while (next != 0);
        return members;
    }

    /// <summary>A session that says whose it is when it hears of a message.</summary>
    private sealed class Ear : ReceiveActor
    {
        public Ear(UserId user, IActorRef told) => Receive<RoomNotices.Happened>(happened =>
        {
            if (happened.Frame.Frame.Event.MessagePosted is not null)
                told.Tell(user.Value);
        });
    }
}
