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

/// <summary>What a room tells and does not keep: typing, presence, how far everybody is.</summary>
public sealed class PassingTests : TestKit
{
    private static readonly TimeSpan Gathered = TimeSpan.FromSeconds(1);

    private readonly ActorHost _host;
    private readonly IActorRef _rooms;
    private readonly RoomId _id = RoomId.New(DateTimeOffset.UnixEpoch);
    private readonly Person _ann = Somebody("Ann");
    private readonly Person _bob = Somebody("Bob");

    public PassingTests() : this(ActorHost.Start())
    {
    }

    private PassingTests(ActorHost host) : base(host.System)
    {
        _host = host;
        _rooms = host.Region<RoomRegion>();
    }

    [Fact]
    public void Typing_ends_when_its_notices_stop_and_goes_on_while_they_come()
    {
        var bob = Meet();

        Tell(new RoomCommands.SetTyping(_id, _ann.UserId, true));
        _host.Clock.Advance(TimeSpan.FromSeconds(4));
        Tell(new RoomCommands.SetTyping(_id, _ann.UserId, true));
        _host.Clock.Advance(TimeSpan.FromSeconds(4));
        Tell(new RoomCommands.SetTyping(_id, _ann.UserId, true));
        _host.Clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal([true, true, true, false], Passing(bob).Select(frame => frame.Typing.Active));
    }

    [Fact]
    public void The_end_of_typing_is_told_once()
    {
        var bob = Meet();

        Tell(new RoomCommands.SetTyping(_id, _ann.UserId, false));
        Tell(new RoomCommands.SetTyping(_id, _ann.UserId, true));
        Tell(new RoomCommands.SetTyping(_id, _ann.UserId, false));
        Tell(new RoomCommands.SetTyping(_id, _ann.UserId, false));
        _host.Clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal([true, false], Passing(bob).Select(frame => frame.Typing.Active));
    }

    [Fact]
    public void Typing_ends_when_the_transport_is_gone()
    {
        var bob = Meet(out var session, out _);

        Tell(new RoomCommands.SetTyping(_id, _ann.UserId, true));
        Tell(new RoomCommands.SetOnline(_id, _ann.UserId, session, false));

        var told = Passing(bob);
        Assert.Equal([true, false], told.Where(frame => frame.Typing is not null).Select(frame => frame.Typing.Active));
        Assert.False(told[^1].Presence.Online);
    }

    [Fact]
    public void Typing_ends_when_the_session_is_gone()
    {
        var bob = Meet(out _, out var ann);
        Tell(new RoomCommands.SetTyping(_id, _ann.UserId, true));

        Sys.Stop(ann.Ref);

        Assert.False(bob.FishForMessage<RoomNotices.Passing>(p => p.Frame.Frame.Typing is { Active: false }).Frame.Frame.Typing.Active);
    }

    [Fact]
    public void What_has_reached_a_member_is_told_once_however_often_it_is_said()
    {
        var bob = Meet();
        Say(_bob, 5);

        foreach (var seq in new[] { 3, 4, 6, 5 })
            Tell(new RoomCommands.NoteReceived(_id, _ann.UserId, seq));
        _host.Clock.Advance(Gathered);
        Tell(new RoomCommands.NoteReceived(_id, _ann.UserId, 6));
        _host.Clock.Advance(Gathered);

        Assert.Equal(6, Assert.Single(Passing(bob)).Delivered.Seq);
        Assert.Equal((6, 0), MarksOf("Ann"));
    }

    [Fact]
    public void What_is_read_is_received_and_told_as_read_alone()
    {
        var bob = Meet();
        Say(_bob, 5);

        Tell(new RoomCommands.NoteReceived(_id, _ann.UserId, 5));
        Tell(new RoomCommands.MarkRead(_id, _ann.UserId, 5));
        Assert.Equal(5, ExpectMsg<RoomReplies.Read>().Seq);
        _host.Clock.Advance(Gathered);
        Tell(new RoomCommands.NoteReceived(_id, _ann.UserId, 4));
        Tell(new RoomCommands.NoteReceived(_id, _ann.UserId, 7));
        _host.Clock.Advance(Gathered);

        var told = Passing(bob);
        Assert.Equal(5, told[0].Read.Seq);
        Assert.Equal(7, told[1].Delivered.Seq);
        Assert.Equal(2, told.Count);
        Assert.Equal((7, 5), MarksOf("Ann"));
    }

    [Fact]
    public void A_receipt_does_not_pass_the_last_seq()
    {
        var bob = Meet();

        Tell(new RoomCommands.NoteReceived(_id, _ann.UserId, 99));
        _host.Clock.Advance(Gathered);

        Assert.Equal(2, Assert.Single(Passing(bob)).Delivered.Seq);
    }

    [Fact]
    public void A_stranger_neither_types_nor_receives()
    {
        var bob = Meet();
        var stranger = Somebody("Cyd");

        Tell(new RoomCommands.SetTyping(_id, stranger.UserId, true));
        Tell(new RoomCommands.NoteReceived(_id, stranger.UserId, 2));
        _host.Clock.Advance(Gathered);

        Assert.Empty(Passing(bob));
    }

    [Fact]
    public void A_cursor_counts_as_received()
    {
        var bob = Meet();

        Attach(_ann, CreateTestProbe(), new Receipt(1, 0));
        Fence();
        _host.Clock.Advance(Gathered);

        Assert.Equal(1, Assert.Single(Passing(bob)).Delivered.Seq);
    }

    [Fact]
    public void A_crowded_room_sends_no_typing_presence_or_receipts()
    {
        _rooms.Tell(new RoomCommands.OpenGroup(_id, _ann, "Tea", 100, true), TestActor);
        ExpectMsg<RoomReplies.RoomIs>();
        Enter(_bob);
        for (var number = 3; number <= RoomState.CrowdAbove; number++)
            Enter(Somebody($"{number}"));
        var bob = CreateTestProbe();
        Attach(_bob, bob, default);
        bob.ExpectMsg<RoomReplies.Attached>();

        Stir();
        Assert.Equal(
            [ServerFrame.BodyOneofCase.Presence, ServerFrame.BodyOneofCase.Typing, ServerFrame.BodyOneofCase.Read],
            Passing(bob).Select(frame => frame.BodyCase));
        Enter(Somebody("one more"));
        _rooms.Tell(new RoomCommands.Detach(_id, _ann.UserId, SessionOf(_ann), Absent: false));
        Stir();

        Assert.Empty(Passing(bob));

        // Ann comes, types and reads.
        void Stir()
        {
            Attach(_ann, CreateTestProbe(), default);
            Tell(new RoomCommands.SetTyping(_id, _ann.UserId, true));
            Tell(new RoomCommands.MarkRead(_id, _ann.UserId, long.MaxValue));
            ExpectMsg<RoomReplies.Read>();
            _host.Clock.Advance(Gathered);
        }
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _host.Dispose();
    }

    private static Person Somebody(string name) => new(UserId.New(DateTimeOffset.UnixEpoch), name);

    private static SessionId SessionOf(Person person) => new(person.UserId.Value);

    private TestProbe Meet() => Meet(out _, out _);

    // Bob, told of what Ann does.
    private TestProbe Meet(out SessionId session, out TestProbe ann)
    {
        _rooms.Tell(new RoomCommands.OpenPair(_id, _ann, _bob), TestActor);
        ExpectMsg<RoomReplies.RoomIs>();
        ann = CreateTestProbe();
        session = SessionOf(_ann);
        Attach(_ann, ann, default);
        ann.ExpectMsg<RoomReplies.Attached>();
        var bob = CreateTestProbe();
        Attach(_bob, bob, default);
        bob.ExpectMsg<RoomReplies.Attached>();
        return bob;
    }

    private void Attach(Person person, TestProbe probe, Receipt receipt) =>
        _rooms.Tell(new RoomCommands.Attach(_id, person.UserId, SessionOf(person), true, receipt), probe.Ref);

    private void Enter(Person person)
    {
        _rooms.Tell(new RoomCommands.Join(_id, person), TestActor);
        ExpectMsg<RoomReplies.RoomIs>();
    }

    private void Say(Person member, int times)
    {
        for (var number = 1; number <= times; number++)
            _rooms.Tell(new RoomCommands.Send(_id, member.UserId, new($"{number}"), new("hello"), ""), TestActor);
        ReceiveN(times);
    }

    // Tells, and lets the room take it before the clock is turned.
    private void Tell(IEntityMessage message)
    {
        _rooms.Tell(message, TestActor);
        if (message is not Request)
            Fence();
    }

    private void Fence()
    {
        _rooms.Tell(new RoomQueries.GetShare(_id, _ann.UserId), TestActor);
        ExpectMsg<RoomReplies.ShareIs>();
    }

    // What was told to a session so far.
    private List<ServerFrame> Passing(TestProbe probe)
    {
        Fence();
        _rooms.Tell(new RoomQueries.GetShare(_id, _ann.UserId), probe.Ref);
        var told = new List<ServerFrame>();
        probe.FishForMessage(message =>
        {
            if (message is RoomNotices.Passing passing)
                told.Add(passing.Frame.Frame);
            return message is RoomReplies.ShareIs;
        });
        return told;
    }

    private (long Received, long Read) MarksOf(string nickname)
    {
        _rooms.Tell(new RoomQueries.GetRoom(_id, _bob.UserId), TestActor);
        var member = ExpectMsg<RoomReplies.RoomIs>().Room.Members.Single(m => m.Nickname == nickname);
        return (member.ReceivedSeq, member.ReadSeq);
    }
}
