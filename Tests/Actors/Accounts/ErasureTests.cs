using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Accounts.Erasure;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Actors.Matching;
using WebChat.Actors.Persistence;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Actors.Users.Pictures;
using WebChat.Tests.Actors.Persistence.Encryption;
using WebChat.Tests.Databases;
using WebChat.Tests.Requires;
using WebChat.V1;
using LeaveReason = WebChat.V1.MemberLeft.Types.Reason;

namespace WebChat.Tests.Actors.Accounts;

public sealed class ErasureTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Username Name = new("Zanzibar_78");
    private static readonly PasswordHash Password = new("a hash");
    private static readonly string[] Texts = ["Zanzibar_78", "zanzibar_78", "Quetzalcoatl", "I breed axolotls", "Popocatepetl", "Ixtaccihuatl"];
    private static readonly ProfilePicture Picture = new("a picture of an axolotl"u8.ToArray(), "its preview"u8.ToArray());

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("webchat-erasure-");
    private readonly Person _bob = new(UserId.New(DateTimeOffset.UnixEpoch), "Bob");
    private readonly RoomId _pair = RoomId.New(DateTimeOffset.UnixEpoch);
    private RoomId _left;
    private RoomId _group;
    private AccountReplies.LoggedIn _ann = null!;

    /// <summary>The steps at which an erasure can be interrupted.</summary>
    public enum Step
    {
        Nothing,
        Account,
        User,
        Matcher,
        Rooms,
    }

    [Theory]
    [InlineData(Step.Nothing)]
    [InlineData(Step.Account)]
    [InlineData(Step.User)]
    [InlineData(Step.Matcher)]
    [InlineData(Step.Rooms)]
    public async Task Nothing_is_left_of_a_deleted_user_wherever_the_erasure_was_interrupted(Step step)
    {
        using (var host = ActorHost.StartIn(_directory.FullName))
            await Live(host);
        using (var host = ActorHost.StartIn(_directory.FullName))
        {
            using var kit = new TestKit(host.System);
            var heldUp = HoldUp(host, kit, step);
            host.Region<ErasureRegion>().Tell(new ErasureCommands.Request(_ann.User, Name), kit.TestActor);
            kit.ExpectMsg<Done>(Patience);
            if (step == Step.Nothing)
                await Gone(host);
            else
                heldUp.FishForMessage<Request>(IsOfTheDeletion, Patience);
        }

        using (var host = ActorHost.StartIn(_directory.FullName))
        {
            await Gone(host);
            var accounts = host.Region<AccountRegion>();
            Assert.Equal(AccountState.BadLogIn, await accounts.Ask<Rejection>(new AccountCommands.LogIn(Name, Password), Patience));
            Assert.Equal(ErrorCode.Unauthenticated, (await accounts.Ask<Rejection>(new AccountCommands.Refresh(_ann.Token), Patience)).Code);
            var users = host.Region<UserRegion>();
            Assert.Equal(ErrorCode.NotFound, (await users.Ask<Rejection>(new UserQueries.GetProfile(_ann.User), Patience)).Code);
            Assert.Equal(ErrorCode.NotFound, (await users.Ask<Rejection>(new UserCommands.Create(_ann.User, "Again"), Patience)).Code);
            foreach (var room in new[] { _pair, _left, _group })
            {
                var seen = (await host.Region<RoomRegion>().Ask<RoomReplies.RoomIs>(new RoomQueries.GetRoom(room, _bob.UserId), Patience)).Room;
                Assert.DoesNotContain("Quetzalcoatl", seen.Members.Select(member => member.Nickname));
                Assert.Equal(room == _pair, seen.State == Room.Types.State.Ended);
                var messages = (await host.Services.GetRequiredService<RoomHistory>().ListMessages(room, long.MaxValue, 200, new("unknown"), default)).Messages;
                Assert.Equal(["Hi!"], messages.Where(message => !message.Removed).Select(message => message.Text).Distinct());
                Assert.All(messages.Where(message => message.Removed), message => Assert.Equal("", message.Text));
                Assert.Equal(2, messages.Count(message => message.Removed));
            }

            Assert.False(await host.Services.GetRequiredService<PictureStore>().Exists(_ann.User, default));

            // The name is free, and another user takes it.
            var other = await accounts.Ask<AccountReplies.LoggedIn>(new AccountCommands.SignUp(new("zanzibar_78"), new("another one"), "Other"), Patience);
            Assert.NotEqual(_ann.User, other.User);
        }

        Assert.Empty(DataFiles.WithAnyOf(_directory.FullName, Texts));
    }

    [PostgresFact]
    public async Task Nothing_of_a_deleted_user_can_be_read_in_PostgreSQL()
    {
        await using var server = await PostgresServer.Create();
        await using var database = await PostgresDatabase.Create(server);
        using var host = ActorHost.Start(settings: [("WebChat:Database", "postgres"), ("WebChat:ConnectionString", database.ConnectionString)]);
        await Live(host);

        await host.Region<AccountRegion>().Ask<Done>(new AccountCommands.Delete(Name, Caller, Password), Patience);
        await Gone(host);

        foreach (var text in Texts)
        {
            var found = $"SELECT count(*) FROM (SELECT message FROM journal UNION ALL SELECT snapshot FROM snapshot) AS rows (content) WHERE position(convert_to('{text}', 'UTF8') IN content) > 0";
            Assert.Equal(["0"], await database.Query(found));
        }

        Assert.Equal(["0"], await database.Query("SELECT count(*) FROM picture"));
        Assert.Equal(["1"], await database.Query($"SELECT count(*) FROM person_key WHERE user_id = '{_ann.User}' AND secret = decode(repeat('00', 32), 'hex')"));
        Assert.Equal(AccountState.BadLogIn, await host.Region<AccountRegion>().Ask<Rejection>(new AccountCommands.LogIn(Name, Password), Patience));
    }

    [Fact]
    public async Task Members_learn_of_a_deleted_account_at_once_and_the_users_sessions_end()
    {
        using var host = ActorHost.StartIn(_directory.FullName);
        await Live(host);
        using var kit = new TestKit(host.System);
        var (bob, ann) = (kit.CreateTestProbe(), kit.CreateTestProbe());
        foreach (var room in new[] { _pair, _left, _group })
        {
            host.Region<RoomRegion>().Tell(new RoomCommands.Attach(room, _bob.UserId, new("bobs"), Online: true), bob);
            bob.FishForMessage<RoomReplies.Attached>(_ => true, Patience);
        }

        host.Region<UserRegion>().Tell(new UserCommands.AttachSession(_ann.User, new("anns"), _ann.Token.Family, HasTransport: true), ann);
        ann.ExpectMsg<UserReplies.SessionAttached>(Patience);

        await host.Region<AccountRegion>().Ask<Done>(new AccountCommands.Delete(Name, Caller, Password), Patience);

        Assert.Equal(CloseCode.Unauthenticated, ann.FishForMessage<UserNotices.SessionEnded>(_ => true, Patience).Reason);
        var told = new List<RoomEvent>();
        while (told.Count(e => e.MemberLeft is not null) < 3 || told.All(e => e.RoomEnded is null))
            told.Add(bob.FishForMessage<RoomNotices.Happened>(_ => true, Patience).Frame.Frame.Event);
        Assert.All(told.Where(e => e.MemberLeft is not null), e => Assert.Equal(LeaveReason.Deleted, e.MemberLeft.Reason));
        Assert.Equal(new[] { _pair, _left, _group }.Select(room => room.Value).Order(), told.Where(e => e.MemberLeft is not null).Select(e => e.RoomId).Order());
        Assert.Equal((_pair.Value, RoomEnded.Types.Reason.PartnerLeft), told.Where(e => e.RoomEnded is not null).Select(e => (e.RoomId, e.RoomEnded.Reason)).Single());
    }

    [Fact]
    public async Task Only_a_logged_in_caller_with_the_password_deletes_an_account()
    {
        using var host = ActorHost.StartIn(_directory.FullName);
        await Live(host);
        var accounts = host.Region<AccountRegion>();

        var wrong = await accounts.Ask<Rejection>(new AccountCommands.Delete(Name, Caller, new("wrong one")), Patience);
        Assert.Equal((ErrorCode.PermissionDenied, "password"), (wrong.Code, wrong.Field));
        var stranger = Caller with { Family = new("another") };
        Assert.Equal(ErrorCode.Unauthenticated, (await accounts.Ask<Rejection>(new AccountCommands.Delete(Name, stranger, Password), Patience)).Code);

        await accounts.Ask<AccountReplies.LoggedIn>(new AccountCommands.LogIn(Name, Password), Patience);
    }

    [Fact]
    public async Task A_match_during_the_deletion_of_an_account_ends_and_the_partner_is_told()
    {
        using var host = ActorHost.StartIn(_directory.FullName);
        await Live(host);
        await host.Region<AccountRegion>().Ask<Done>(new AccountCommands.Delete(Name, Caller, Password), Patience);
        await Gone(host);
        using var kit = new TestKit(host.System);
        var (late, bob) = (RoomId.New(DateTimeOffset.UnixEpoch), kit.CreateTestProbe());
        await host.Region<RoomRegion>().Ask<RoomReplies.RoomIs>(new RoomCommands.OpenPair(late, new(_ann.User, "Quetzalcoatl"), _bob), Patience);
        host.Region<RoomRegion>().Tell(new RoomCommands.Attach(late, _bob.UserId, new("bobs"), Online: true), bob);
        bob.FishForMessage<RoomReplies.Attached>(_ => true, Patience);

        await host.Region<UserRegion>().Ask<UserReplies.Entered>(new UserCommands.EnterRoom(_ann.User, late, Room.Types.Kind.Pair), Patience);

        bob.FishForMessage<RoomNotices.Happened>(happened => happened.Frame.Frame.Event.RoomEnded is not null, Patience);
        Assert.Empty(DataFiles.WithAnyOf(_directory.FullName, Texts));
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private Identity Caller => new(_ann.User, _ann.Token.Family, Username: Name);

    private static bool IsOfTheDeletion(Request request) =>
        request is AccountCommands.Erase or UserCommands.Delete or MatcherCommands.Withdraw or RoomCommands.Erase;

    private static TestProbe HoldUp(ActorHost host, TestKit kit, Step step)
    {
        var silent = kit.CreateTestProbe();
        switch (step)
        {
            case Step.Account:
                host.Replace<AccountRegion>(silent);
                break;
            case Step.User:
                host.Replace<UserRegion>(silent);
                break;
            case Step.Matcher:
                host.Replace<MatcherRegion>(silent);
                break;
            case Step.Rooms:
                host.Replace<RoomRegion>(silent);
                break;
        }

        return silent;
    }

    // A user signs up, fills in the profile, uploads a picture, talks to Bob in a pair and in a group, leaves another group, and searches.
    private async Task Live(ActorHost host)
    {
        _ann = await host.Region<AccountRegion>().Ask<AccountReplies.LoggedIn>(new AccountCommands.SignUp(Name, Password, "Quetzalcoatl"), Patience);
        var user = _ann.User;
        var (users, rooms) = (host.Region<UserRegion>(), host.Region<RoomRegion>());
        await users.Ask<UserReplies.ProfileIs>(new UserCommands.Create(user, "Quetzalcoatl"), Patience);
        await users.Ask<UserReplies.ProfileIs>(new UserCommands.Create(_bob.UserId, "Bob"), Patience);
        var profile = new Profile { Bio = "I breed axolotls", BirthDate = "1960-01-02", Gender = Profile.Types.Gender.Other };
        await users.Ask<UserReplies.ProfileIs>(new UserCommands.UpdateProfile(user, profile, ["bio", "birth_date", "gender"]), Patience);
        await host.Services.GetRequiredService<PictureStore>().Save(user, Picture, default);
        await users.Ask<MatcherReplies.SearchIs>(new UserCommands.StartSearch(user, Mode.Chat), Patience);

        await rooms.Ask<RoomReplies.RoomIs>(new RoomCommands.OpenPair(_pair, new(user, "Quetzalcoatl"), _bob), Patience);
        await users.Ask<UserReplies.Entered>(new UserCommands.EnterRoom(user, _pair, Room.Types.Kind.Pair), Patience);
        _group = await OpenGroup(users, user);
        _left = await OpenGroup(users, user);
        foreach (var room in new[] { _pair, _group, _left })
        {
            await Say(rooms, room, user, "Popocatepetl");
            var edited = await Say(rooms, room, user, "Popocatepetl");
            await rooms.Ask<RoomReplies.Changed>(new RoomCommands.Edit(room, user, edited, new("Ixtaccihuatl")), Patience);
            for (var i = 1; i <= 100; i++)
                await Say(rooms, room, _bob.UserId, "Hi!");
        }

        await rooms.Ask<RoomReplies.RoomIs>(new RoomCommands.Leave(_left, user), Patience);
    }

    private async Task<RoomId> OpenGroup(IActorRef users, UserId user)
    {
        var room = (await users.Ask<UserReplies.Entered>(new UserCommands.CreateRoom(user, "Axes", 10, Open: true), Patience)).RoomId;
        await users.Ask<UserReplies.Entered>(new UserCommands.JoinRoom(_bob.UserId, room), Patience);
        return room;
    }

    private static async Task<MessageId> Say(IActorRef rooms, RoomId room, UserId user, string text) =>
        (await rooms.Ask<RoomReplies.Posted>(new RoomCommands.Send(room, user, new(Guid.NewGuid().ToString("N")), new(text), ""), Patience)).MessageId;

    private static Task Gone(ActorHost host) => new TestKit(host.System).AwaitConditionAsync(
        () => Task.FromResult(Rows(host, "erasure.done.1") == 1), Patience);

    private static long Rows(ActorHost host, string manifest)
    {
        using var command = host.Services.GetRequiredService<JournalDatabase>().Readers.CreateCommand($"SELECT count(*) FROM journal WHERE manifest = '{manifest}'");
        return (long)command.ExecuteScalar()!;
    }
}
