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
    public void A_matcher_that_restarts_during_a_match_loses_no_user_and_matches_no_user_twice()
    {
        var users = CreateTestProbe();
        _host.Replace<UserRegion>(users.Ref);
        var (ann, bob, cyd) = (NewSeeker(Gender.Female), NewSeeker(Gender.Male), NewSeeker(Gender.Male));
        Assert.Equal(SearchState.Types.State.Waiting, Search(ann));
        Assert.Equal(SearchState.Types.State.Matched, Search(bob));
        var room = users.ExpectMsg<UserCommands.EnterRoom>().RoomId;
        users.ExpectMsg<UserCommands.EnterRoom>(entering => entering.RoomId == room);

        // No user has confirmed when the matcher throws.
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

    // Once, a user that ended a pair before the partner knew of it, and searched again, was told of the old pair and not matched.
    [Fact]
    public void A_user_may_leave_a_pair_and_search_again_before_the_partner_knows_of_it()
    {
        var users = CreateTestProbe();
        _host.Replace<UserRegion>(users.Ref);
        var (ann, bob, cyd) = (NewSeeker(Gender.Female), NewSeeker(Gender.Male), NewSeeker(Gender.Male));
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
    public void An_unconfirmed_match_is_repeated()
    {
        var users = CreateTestProbe();
        _host.Replace<UserRegion>(users.Ref);
        Search(NewSeeker(Gender.Female));
        Search(NewSeeker(Gender.Male));
        var room = users.ExpectMsg<UserCommands.EnterRoom>().RoomId;
        users.ExpectMsg<UserCommands.EnterRoom>();

        _host.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(room, users.ExpectMsg<UserCommands.EnterRoom>().RoomId);
    }

    [Fact]
    public void A_waiting_user_keeps_the_place_over_a_restart_of_the_process()
    {
        var (first, second) = (NewSeeker(Gender.Female), NewSeeker(Gender.Female));
        Search(first);
        Search(second);

        using var again = _host.Restart();
        var probe = new TestKit(again.System).CreateTestProbe();
        var users = new TestKit(again.System).CreateTestProbe();
        again.Replace<UserRegion>(users.Ref);
        foreach (var user in new[] { second, first })
            again.Region<MatcherRegion>().Tell(new MatcherCommands.NotePresence(new(user.UserId), IsPresent: true));
        again.Region<MatcherRegion>().Tell(Enqueue(NewSeeker(Gender.Male)), probe.Ref);

        Assert.Equal(SearchState.Types.State.Matched, probe.ExpectMsg<MatcherReplies.SearchIs>().State.State);
        Assert.Equal(first.UserId, users.FishForMessage<UserCommands.EnterRoom>(_ => true).UserId.Value);
    }

    [Fact]
    public void A_user_that_does_not_come_back_after_a_restart_of_the_process_waits_no_longer()
    {
        var (here, gone) = (NewSeeker(Gender.Female), NewSeeker(Gender.Female));
        Search(here);
        Search(gone);

        using var again = _host.Restart();
        var probe = new TestKit(again.System).CreateTestProbe();
        var matcher = again.Region<MatcherRegion>();
        matcher.Tell(new MatcherCommands.NotePresence(new(here.UserId), IsPresent: true));
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
    public void A_user_without_a_connected_client_is_matched_when_it_is_back()
    {
        var users = CreateTestProbe();
        _host.Replace<UserRegion>(users.Ref);
        var (first, second) = (NewSeeker(Gender.Female), NewSeeker(Gender.Female));
        Search(first);
        Search(second);
        foreach (var user in new[] { first, second })
            _matcher.Tell(new MatcherCommands.NotePresence(new(user.UserId), IsPresent: false));

        Assert.Equal(SearchState.Types.State.Waiting, Search(NewSeeker(Gender.Male, Gender.Other)));
        var bob = NewSeeker(Gender.Male);
        Assert.Equal(SearchState.Types.State.Waiting, Search(bob));
        Assert.Equal(SearchState.Types.State.Waiting, StateOf(first));
        users.ExpectNoMsg(TimeSpan.Zero);

        _matcher.Tell(new MatcherCommands.NotePresence(new(second.UserId), IsPresent: true));
        Assert.Equal(new[] { bob.UserId, second.UserId }.Order(), new[] { users.ExpectMsg<UserCommands.EnterRoom>(), users.ExpectMsg<UserCommands.EnterRoom>() }.Select(e => e.UserId.Value).Order());
    }

    // The matcher restarts alone: no client has gone away, so none comes back by itself.
    [Fact]
    public void A_matcher_that_restarts_asks_the_waiting_users_whether_they_are_there()
    {
        var users = CreateTestProbe();
        _host.Replace<UserRegion>(users.Ref);
        var ann = NewSeeker(Gender.Female);
        Search(ann);

        _matcher.Tell(new MatcherCommands.Enqueue(new("poison"), Mode.Chat, null!), TestActor);
        ExpectMsg<Rejection>();

        Assert.Equal(ann.UserId, users.ExpectMsg<UserQueries.GetPresence>().UserId.Value);
        Assert.Equal(SearchState.Types.State.Waiting, Search(NewSeeker(Gender.Male)));
        users.Reply(new MatcherCommands.NotePresence(new(ann.UserId), IsPresent: true));
        users.ExpectMsg<UserCommands.EnterRoom>();
    }

    [Fact]
    public void A_search_of_another_mode_replaces_the_first()
    {
        var ann = NewSeeker(Gender.Female);
        Search(ann);

        _matcher.Tell(new MatcherCommands.Enqueue(new(ann.UserId), Mode.Voice, ann), TestActor);

        Assert.Equal(Mode.Voice, ExpectMsg<MatcherReplies.SearchIs>().State.Mode);
        Assert.Equal(SearchState.Types.State.Waiting, Search(NewSeeker(Gender.Male)));
    }

    [Fact]
    public void A_cancelled_search_is_not_matched()
    {
        var ann = NewSeeker(Gender.Female);
        Search(ann);
        _matcher.Tell(new MatcherCommands.Withdraw(new(ann.UserId), Withdrawn.Types.Reason.Cancelled), TestActor);
        Assert.Equal(SearchState.Types.State.Idle, ExpectMsg<MatcherReplies.SearchIs>().State.State);

        Assert.Equal(SearchState.Types.State.Waiting, Search(NewSeeker(Gender.Male)));
    }

    [Fact]
    public void Of_a_thousand_searches_only_the_three_hundred_without_a_fitting_partner_remain()
    {
        // 350 women for men, 350 men for women, and 300 women for women that no other user accepts.
        var seekers = Enumerable.Range(0, 350).SelectMany(_ => new[] { NewSeeker(Gender.Female, Gender.Male), NewSeeker(Gender.Male, Gender.Female) }).ToList();
        var hopeless = Enumerable.Range(0, 300).Select(_ => NewSeeker(Gender.Other, Gender.Female)).ToList();
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
        var ann = NewSeeker(Gender.Female);
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
        var ann = NewSeeker(Gender.Female);
        Search(ann);
        _host.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(SearchState.Types.State.Waiting, StateOf(ann));

        // The poison message makes the matcher recover from its journal.
        _matcher.Tell(new MatcherCommands.Enqueue(new("poison"), Mode.Chat, null!), TestActor);
        ExpectMsg<Rejection>();
        Assert.Equal(SearchState.Types.State.Waiting, StateOf(ann));
        _host.Clock.Advance(TimeSpan.FromSeconds(61));

        AwaitAssert(() => Assert.Equal(SearchState.Types.State.Idle, StateOf(ann)));
    }

    [Fact]
    public void Two_hopeful_users_are_paired_after_they_have_waited_a_while()
    {
        var (ann, bob) = (NewSeeker(Gender.Female), NewSeeker(Gender.Male));
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
    public void All_of_many_waiting_users_are_matched_again()
    {
        var users = CreateTestProbe();
        _host.Replace<UserRegion>(users.Ref);
        var all = Enumerable.Range(0, 600).Select(i => NewSeeker(i % 2 == 0 ? Gender.Female : Gender.Male)).ToList();
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
    public void A_changed_profile_counts_for_a_waiting_user()
    {
        var (ann, bob) = (NewSeeker(Gender.Female, Gender.Other), NewSeeker(Gender.Male));
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

    private static Seeker NewSeeker(Gender gender, params Gender[] preferred)
    {
        var seeker = new Seeker { UserId = UserId.New(DateTimeOffset.UnixEpoch).Value, Nickname = "User", Gender = gender, Age = 30 };
        seeker.PreferredGenders.Add(preferred.Length > 0 ? preferred : gender == Gender.Female ? [Gender.Male] : [Gender.Female]);
        return seeker;
    }
}
