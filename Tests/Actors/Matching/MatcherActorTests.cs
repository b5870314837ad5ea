using Akka.Actor;
using Akka.TestKit.Xunit2;
using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Matching;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;
using static WebChat.V1.Profile.Types;

namespace WebChat.Tests.Actors.Matching;

public sealed class MatcherActorTests : TestKit
{
    private readonly ActorHost _host;
    private readonly IActorRef _matcher;

    public MatcherActorTests() : this(ActorHost.Start())
    {
    }

    private MatcherActorTests(ActorHost host) : base(host.System)
    {
        _host = host;
        _matcher = host.Region<MatcherRegion>();
    }

    [Fact]
    public void A_matcher_that_restarts_in_the_middle_of_a_match_loses_nobody_and_matches_nobody_twice()
    {
        var users = CreateTestProbe();
        _host.Replace<UserRegion>(users.Ref);
        var (ann, bob, cyd) = (Somebody(Gender.Female), Somebody(Gender.Male), Somebody(Gender.Male));
        Assert.Equal(SearchState.Types.State.Waiting, Search(ann));
        Assert.Equal(SearchState.Types.State.Matched, Search(bob));
        var room = users.ExpectMsg<UserCommands.EnterRoom>().RoomId;
        users.ExpectMsg<UserCommands.EnterRoom>(entering => entering.RoomId == room);

        // Nobody has confirmed when the matcher throws.
        _matcher.Tell(new MatcherCommands.Enqueue(new("poison"), Mode.Chat, null!), TestActor);
        Assert.Equal(ErrorCode.Internal, ExpectMsg<Rejection>().Code);
        Assert.Equal(SearchState.Types.State.Waiting, Search(cyd));
        Assert.Equal(SearchState.Types.State.Matched, Search(ann));
        Assert.Equal(SearchState.Types.State.Matched, Search(bob));

        var again = users.ExpectMsg<UserCommands.EnterRoom>();
        Assert.Equal(room, again.RoomId);
        users.Reply(new UserReplies.Entered(room) { Tag = again.Tag });
        var other = users.ExpectMsg<UserCommands.EnterRoom>();
        Assert.Equal(room, other.RoomId);
        Assert.NotEqual(again.UserId, other.UserId);
        users.Reply(new UserReplies.Entered(room) { Tag = other.Tag });
        AwaitAssert(() => Assert.Equal(SearchState.Types.State.Idle, StateOf(ann)));
        Assert.Equal(SearchState.Types.State.Waiting, StateOf(cyd));
    }

    // Once, who ended a pair before the other had heard of it, and searched again, was told of the old pair and not sought for.
    [Fact]
    public void Who_has_left_a_pair_that_the_other_has_not_heard_of_yet_may_search_again()
    {
        var users = CreateTestProbe();
        _host.Replace<UserRegion>(users.Ref);
        var (ann, bob, cyd) = (Somebody(Gender.Female), Somebody(Gender.Male), Somebody(Gender.Male));
        Search(ann);
        Search(bob);
        var first = users.ExpectMsg<UserCommands.EnterRoom>();
        var second = users.ExpectMsg<UserCommands.EnterRoom>();
        var anns = first.UserId.Value == ann.UserId ? first : second;
        var bobs = anns == first ? second : first;
        users.Reply(new UserReplies.Entered(anns.RoomId) { Tag = anns.Tag });

        Assert.Equal(SearchState.Types.State.Waiting, Search(ann));
        Assert.Equal(SearchState.Types.State.Matched, Search(bob));
        _host.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(bobs.UserId, users.ExpectMsg<UserCommands.EnterRoom>().UserId);
        users.Reply(new UserReplies.Entered(bobs.RoomId) { Tag = bobs.Tag });

        Assert.Equal(SearchState.Types.State.Matched, Search(cyd));
        Assert.Equal(SearchState.Types.State.Matched, StateOf(ann));
        Assert.NotEqual(anns.RoomId, users.ExpectMsg<UserCommands.EnterRoom>().RoomId);
    }

    [Fact]
    public void A_match_that_is_not_confirmed_is_driven_again()
    {
        var users = CreateTestProbe();
        _host.Replace<UserRegion>(users.Ref);
        Search(Somebody(Gender.Female));
        Search(Somebody(Gender.Male));
        var room = users.ExpectMsg<UserCommands.EnterRoom>().RoomId;
        users.ExpectMsg<UserCommands.EnterRoom>();

        _host.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(room, users.ExpectMsg<UserCommands.EnterRoom>().RoomId);
    }

    [Fact]
    public void Who_waits_keeps_the_place_over_a_restart_of_the_process()
    {
        var (first, second) = (Somebody(Gender.Female), Somebody(Gender.Female));
        Search(first);
        Search(second);

        using var again = _host.Restart();
        var probe = new TestKit(again.System).CreateTestProbe();
        var users = new TestKit(again.System).CreateTestProbe();
        again.Replace<UserRegion>(users.Ref);
        again.Region<MatcherRegion>().Tell(Enqueue(Somebody(Gender.Male)), probe.Ref);

        Assert.Equal(SearchState.Types.State.Matched, probe.ExpectMsg<MatcherReplies.SearchIs>().State.State);
        Assert.Equal(first.UserId, users.ExpectMsg<UserCommands.EnterRoom>().UserId.Value);
    }

    [Fact]
    public void Who_does_not_come_back_after_a_restart_of_the_process_waits_no_longer()
    {
        var (here, gone) = (Somebody(Gender.Female), Somebody(Gender.Female));
        Search(here);
        Search(gone);

        using var again = _host.Restart();
        var probe = new TestKit(again.System).CreateTestProbe();
        var matcher = again.Region<MatcherRegion>();
        matcher.Tell(new MatcherQueries.GetSearch(new(here.UserId)), probe.Ref);
        Assert.Equal(SearchState.Types.State.Waiting, probe.ExpectMsg<MatcherReplies.SearchIs>().State.State);
        again.Clock.Advance(TimeSpan.FromMinutes(2));

        probe.AwaitAssert(() =>
        {
            matcher.Tell(new MatcherQueries.GetSearch(new(gone.UserId)), probe.Ref);
            Assert.Equal(SearchState.Types.State.Idle, probe.ExpectMsg<MatcherReplies.SearchIs>().State.State);
        });
        matcher.Tell(new MatcherQueries.GetSearch(new(here.UserId)), probe.Ref);
        Assert.Equal(SearchState.Types.State.Waiting, probe.ExpectMsg<MatcherReplies.SearchIs>().State.State);
    }

    [Fact]
    public void A_search_of_another_mode_takes_the_place_of_the_first()
    {
        var ann = Somebody(Gender.Female);
        Search(ann);

        _matcher.Tell(new MatcherCommands.Enqueue(new(ann.UserId), Mode.Voice, ann), TestActor);

        Assert.Equal(Mode.Voice, ExpectMsg<MatcherReplies.SearchIs>().State.Mode);
        Assert.Equal(SearchState.Types.State.Waiting, Search(Somebody(Gender.Male)));
    }

    [Fact]
    public void Who_cancels_is_not_matched()
    {
        var ann = Somebody(Gender.Female);
        Search(ann);
        _matcher.Tell(new MatcherCommands.Withdraw(new(ann.UserId), Withdrawn.Types.Reason.Cancelled), TestActor);
        Assert.Equal(SearchState.Types.State.Idle, ExpectMsg<MatcherReplies.SearchIs>().State.State);

        Assert.Equal(SearchState.Types.State.Waiting, Search(Somebody(Gender.Male)));
    }

    [Fact]
    public void A_thousand_searches_of_which_three_hundred_fit_nobody_leave_only_those_waiting()
    {
        // 350 women for men, 350 men for women, and 300 women for women whom nobody among them likes back: they fit nobody.
        var seekers = Enumerable.Range(0, 350).SelectMany(_ => new[] { Somebody(Gender.Female, Gender.Male), Somebody(Gender.Male, Gender.Female) }).ToList();
        var hopeless = Enumerable.Range(0, 300).Select(_ => Somebody(Gender.Other, Gender.Female)).ToList();
        var all = seekers.Concat(hopeless).OrderBy(seeker => seeker.UserId[^8..], StringComparer.Ordinal).ToList();
        var users = CreateTestProbe();
        _host.Replace<UserRegion>(users.Ref);

        foreach (var seeker in all)
            _matcher.Tell(Enqueue(seeker), TestActor);
        ReceiveN(1_000, TimeSpan.FromSeconds(30));
        var entered = users.ReceiveN(700, TimeSpan.FromSeconds(30)).Cast<UserCommands.EnterRoom>().ToList();

        Assert.Equal(700, entered.Select(e => e.UserId).Distinct().Count());
        Assert.All(entered.GroupBy(e => e.RoomId), pair => Assert.Equal(2, pair.Count()));
        Assert.Equal(seekers.Select(s => s.UserId).Order(), entered.Select(e => e.UserId.Value).Order());
        foreach (var seeker in hopeless)
            Assert.Equal(SearchState.Types.State.Waiting, StateOf(seeker));
    }

    [Fact]
    public void A_search_ends_by_itself_after_five_minutes_and_the_user_is_told()
    {
        var users = CreateTestProbe();
        _host.Replace<UserRegion>(users.Ref);
        var ann = Somebody(Gender.Female);
        Search(ann);

        _host.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.Equal(SearchState.Types.State.Waiting, StateOf(ann));
        users.ExpectNoMsg(TimeSpan.Zero);
        _host.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(ann.UserId, users.ExpectMsg<UserCommands.NoteSearchEnded>().UserId.Value);
        Assert.Equal(SearchState.Types.State.Idle, StateOf(ann));
    }

    [Fact]
    public void The_time_before_a_restart_counts()
    {
        var ann = Somebody(Gender.Female);
        Search(ann);
        _host.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(SearchState.Types.State.Waiting, StateOf(ann));

        // The poison makes the matcher start again from its journal.
        _matcher.Tell(new MatcherCommands.Enqueue(new("poison"), Mode.Chat, null!), TestActor);
        ExpectMsg<Rejection>();
        Assert.Equal(SearchState.Types.State.Waiting, StateOf(ann));
        _host.Clock.Advance(TimeSpan.FromSeconds(61));

        AwaitAssert(() => Assert.Equal(SearchState.Types.State.Idle, StateOf(ann)));
    }

    [Fact]
    public void Two_who_hope_for_more_are_brought_together_when_they_have_waited_a_while()
    {
        var (ann, bob) = (Somebody(Gender.Female), Somebody(Gender.Male));
        ann.Needs.Add("marriage");
        bob.Needs.Add("talk");
        Search(ann);
        Assert.Equal(SearchState.Types.State.Waiting, Search(bob));

        _host.Clock.Advance(TimeSpan.FromSeconds(13));
        Assert.Equal(SearchState.Types.State.Waiting, StateOf(ann));
        _host.Clock.Advance(TimeSpan.FromSeconds(3));

        AwaitAssert(() => Assert.NotEqual(SearchState.Types.State.Waiting, StateOf(ann)));
        Assert.NotEqual(SearchState.Types.State.Waiting, StateOf(bob));
    }

    [Fact]
    public void Many_who_wait_are_all_looked_at_again()
    {
        var users = CreateTestProbe();
        _host.Replace<UserRegion>(users.Ref);
        var all = Enumerable.Range(0, 600).Select(i => Somebody(i % 2 == 0 ? Gender.Female : Gender.Male)).ToList();
        foreach (var (seeker, i) in all.Select((seeker, i) => (seeker, i)))
        {
            seeker.Needs.Add(i % 2 == 0 ? "marriage" : "talk");
            _matcher.Tell(Enqueue(seeker), TestActor);
        }

        ReceiveN(all.Count, TimeSpan.FromSeconds(30));
        _host.Clock.Advance(TimeSpan.FromSeconds(16));

        var entered = users.ReceiveN(all.Count, TimeSpan.FromSeconds(30)).Cast<UserCommands.EnterRoom>();
        Assert.Equal(all.Select(seeker => seeker.UserId).Order(), entered.Select(e => e.UserId.Value).Order());
    }

    [Fact]
    public void Who_changes_the_wishes_while_waiting_is_matched_by_the_new_ones()
    {
        var (ann, bob) = (Somebody(Gender.Female, Gender.Other), Somebody(Gender.Male));
        Search(ann);
        Search(bob);
        var changed = ann.Clone();
        changed.PreferredGenders.Clear();

        _matcher.Tell(new MatcherCommands.Reconsider(new(ann.UserId), changed), TestActor);

        Assert.Equal(SearchState.Types.State.Matched, ExpectMsg<MatcherReplies.SearchIs>().State.State);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _host.Dispose();
    }

    private SearchState.Types.State Search(Seeker seeker)
    {
        _matcher.Tell(Enqueue(seeker), TestActor);
        return ExpectMsg<MatcherReplies.SearchIs>().State.State;
    }

    private SearchState.Types.State StateOf(Seeker seeker)
    {
        _matcher.Tell(new MatcherQueries.GetSearch(new(seeker.UserId)), TestActor);
        return ExpectMsg<MatcherReplies.SearchIs>().State.State;
    }

    private static MatcherCommands.Enqueue Enqueue(Seeker seeker) => new(new(seeker.UserId), Mode.Chat, seeker);

    private static Seeker Somebody(Gender gender, params Gender[] preferred)
    {
        var seeker = new Seeker { UserId = UserId.New(DateTimeOffset.UnixEpoch).Value, Nickname = "Somebody", Gender = gender, Age = 30 };
        seeker.PreferredGenders.Add(preferred.Length > 0 ? preferred : gender == Gender.Female ? [Gender.Male] : [Gender.Female]);
        return seeker;
    }
}
