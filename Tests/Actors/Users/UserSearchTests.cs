using Akka.TestKit;
using Akka.TestKit.Xunit2;
using WebChat.Actors.Accounts;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Actors.Matching;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Tests.Actors.Users;

/// <summary>What the matcher learns of the clients of a searching user.</summary>
public sealed class UserSearchTests : TestKit
{
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(15);

    private readonly UserId _ann = UserId.New(DateTimeOffset.UnixEpoch);
    private readonly ActorHost _host;
    private readonly TestProbe _matcher;

    public UserSearchTests()
        : this(ActorHost.Start())
    {
    }

    private UserSearchTests(ActorHost host)
        : base(host.System)
    {
        _host = host;
        _matcher = CreateTestProbe();
        _matcher.IgnoreMessages(message => message is MatcherCommands.Reconsider); // the profile has changed
        _host.Replace<MatcherRegion>(_matcher);
        Tell(new UserCommands.Create(_ann, "Ann"));
        Tell(new UserCommands.UpdateProfile(_ann, new() { BirthDate = "1960-01-02", Gender = Profile.Types.Gender.Other }, ["birth_date", "gender"]));
        ReceiveN(2);
    }

    [Fact]
    public void A_search_without_a_connected_client_ends_after_fifteen_seconds()
    {
        Tell(new UserCommands.StartSearch(_ann, Mode.Chat));
        Assert.False(_matcher.ExpectMsg<MatcherCommands.Enqueue>().IsPresent);

        _host.Clock.Advance(ConnectWithin);

        Assert.Equal(Withdrawn.Types.Reason.Absent, _matcher.ExpectMsg<MatcherCommands.Withdraw>().Reason);
    }

    [Fact]
    public void A_search_goes_on_if_a_client_connects_in_time()
    {
        Tell(new UserCommands.StartSearch(_ann, Mode.Chat));
        _matcher.ExpectMsg<MatcherCommands.Enqueue>();
        Attach("s1");
        Assert.True(_matcher.ExpectMsg<MatcherCommands.NotePresence>().IsPresent);

        _host.Clock.Advance(ConnectWithin);

        Tell(new UserQueries.GetPresence(_ann));
        Assert.True(_matcher.ExpectMsg<MatcherCommands.NotePresence>().IsPresent);
    }

    [Fact]
    public void A_user_is_present_as_long_as_one_of_its_clients_is_connected()
    {
        var (phone, laptop) = (Attach("s1"), Attach("s2"));
        Assert.True(_matcher.ExpectMsg<MatcherCommands.NotePresence>().IsPresent);

        _host.Region<UserRegion>().Tell(new UserCommands.NoteDetached(_ann, new("s1")), phone);
        Tell(new UserCommands.StartSearch(_ann, Mode.Chat));
        Assert.True(_matcher.ExpectMsg<MatcherCommands.Enqueue>().IsPresent);
        _host.Region<UserRegion>().Tell(new UserCommands.NoteDetached(_ann, new("s2")), laptop);
        Assert.False(_matcher.ExpectMsg<MatcherCommands.NotePresence>().IsPresent);
        Attach("s3");
        Assert.True(_matcher.ExpectMsg<MatcherCommands.NotePresence>().IsPresent);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _host.Dispose();
    }

    private void Tell(object message) => _host.Region<UserRegion>().Tell(message, TestActor);

    private TestProbe Attach(string session)
    {
        var client = CreateTestProbe();
        _host.Region<UserRegion>().Tell(new UserCommands.AttachSession(_ann, new(session), FamilyId.New(DateTimeOffset.UnixEpoch), HasTransport: true), client);
        client.ExpectMsg<UserReplies.SessionAttached>();
        return client;
    }
}
