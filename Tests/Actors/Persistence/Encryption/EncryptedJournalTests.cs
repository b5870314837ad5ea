using Akka.Actor;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Actors.Matching;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Encryption;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;
using MessagePosted = WebChat.Journal.V1.MessagePosted;

namespace WebChat.Tests.Actors.Persistence.Encryption;

public sealed class EncryptedJournalTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Username Name = new("Zanzibar_78");
    private static readonly string[] Texts = ["Zanzibar_78", "zanzibar_78", "Quetzalcoatl", "I breed axolotls", "Popocatepetl", "Ixtaccihuatl"];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("webchat-encrypted-");
    private readonly RoomId _room = RoomId.New(DateTimeOffset.UnixEpoch);
    private readonly Person _bob = new(UserId.New(DateTimeOffset.UnixEpoch), "Bob");

    [Fact]
    public async Task Personal_data_is_nowhere_in_clear_and_is_readable_after_a_restart()
    {
        var user = await Live();
        Assert.Empty(DataFiles.WithAnyOf(_directory.FullName, Texts));

        using var host = ActorHost.StartIn(_directory.FullName);

        Assert.Equal(Name, (await host.Region<AccountRegion>().Ask<AccountReplies.LoggedIn>(new AccountCommands.LogIn(Name, new("correct horse")), Patience)).Username);
        var profile = (await host.Region<UserRegion>().Ask<UserReplies.ProfileIs>(new UserQueries.GetProfile(user), Patience)).Profile;
        Assert.Equal(("Quetzalcoatl", "I breed axolotls"), (profile.Nickname, profile.Bio));
        var members = (await host.Region<RoomRegion>().Ask<RoomReplies.RoomIs>(new RoomQueries.GetRoom(_room, _bob.UserId), Patience)).Room.Members;
        Assert.Equal(["Bob", "Quetzalcoatl"], members.Select(member => member.Nickname).Order());
        Assert.Equal("Popocatepetl", (await Messages(host)).Last().Text);
        Assert.Equal("Ixtaccihuatl", (await Messages(host))[^2].Text);
        Assert.Equal(SearchState.Types.State.Waiting, (await host.Region<MatcherRegion>().Ask<MatcherReplies.SearchIs>(new MatcherQueries.GetSearch(user), Patience)).State.State);
    }

    [Fact]
    public async Task Without_the_key_a_users_messages_read_as_removed_and_the_user_as_unknown()
    {
        var user = await Live();
        using var host = ActorHost.StartIn(_directory.FullName);

        host.Services.GetRequiredService<PersonKeys>().Destroy(user);

        Assert.Equal(AccountState.BadLogIn, await host.Region<AccountRegion>().Ask<Rejection>(new AccountCommands.LogIn(Name, new("correct horse")), Patience));
        Assert.Equal(ErrorCode.NotFound, (await host.Region<UserRegion>().Ask<Rejection>(new UserQueries.GetProfile(user), Patience)).Code);
        var members = (await host.Region<RoomRegion>().Ask<RoomReplies.RoomIs>(new RoomQueries.GetRoom(_room, _bob.UserId), Patience)).Room.Members;
        Assert.Equal(["", "Bob"], members.Select(member => member.Nickname).Order());
        var messages = await Messages(host);
        Assert.Equal(("", true), (messages.Last().Text, messages.Last().Removed));
        Assert.Equal(("Hi!", false), (messages[0].Text, messages[0].Removed));
        Assert.Equal(("", true), (messages[^2].Text, messages[^2].Removed));
        var matcher = host.Region<MatcherRegion>();
        Assert.Equal(SearchState.Types.State.Idle, (await matcher.Ask<MatcherReplies.SearchIs>(new MatcherQueries.GetSearch(user), Patience)).State.State);
    }

    [Fact]
    public async Task Personal_data_in_clear_from_before_encryption_is_still_read()
    {
        await Live();
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_directory.FullName, "webchat.db")};Pooling=false"))
        {
            connection.Open();
            connection.CreateFunction("in_clear", (byte[] message) => InClear(message));
            using var command = connection.CreateCommand();
            command.CommandText = $"DELETE FROM snapshot; UPDATE journal SET message = in_clear(message) WHERE manifest = '{Manifests.MessagePostedManifest}'";
            Assert.NotEqual(0, command.ExecuteNonQuery());
        }

        using var host = ActorHost.StartIn(_directory.FullName);

        Assert.Equal("written in clear", (await Messages(host)).Last().Text);
        await Say(host, _bob.UserId, "one more");
        Assert.Equal("one more", (await Messages(host))[0].Text);

        static byte[] InClear(byte[] message)
        {
            var posted = MessagePosted.Parser.ParseFrom(message);
            Assert.True(posted.Text.Length == 0 && !posted.Encrypted.IsEmpty);
            (posted.Text, posted.Encrypted) = ("written in clear", ByteString.Empty);
            return posted.ToByteArray();
        }
    }

    [Fact]
    public void Every_journal_message_with_personal_fields_has_the_field_for_their_ciphertext()
    {
        var all = typeof(MessagePosted).Assembly.GetTypes().Where(type => type.Namespace == typeof(MessagePosted).Namespace && typeof(IMessage).IsAssignableFrom(type) && type.IsClass)
            .Select(type => ((IMessage)Activator.CreateInstance(type)!).Descriptor);
        var personal = all.Where(message => message.Fields.InDeclarationOrder().Any(IsPersonal)).ToList();

        Assert.Contains(MessagePosted.Descriptor, personal);
        Assert.All(personal, message =>
        {
            var encrypted = message.FindFieldByName("encrypted");
            Assert.Equal((20, FieldType.Bytes, false), (encrypted.FieldNumber, encrypted.FieldType, encrypted.IsRepeated));
        });

        static bool IsPersonal(FieldDescriptor field) => field.GetOptions()?.GetExtension(PersonalExtensions.Personal) == true;
    }

    public void Dispose() => _directory.Delete(recursive: true);

    // A user signs up, fills in the profile, talks long enough for snapshots, and searches.
    private async Task<UserId> Live()
    {
        using var host = ActorHost.StartIn(_directory.FullName);
        var user = (await host.Region<AccountRegion>().Ask<AccountReplies.LoggedIn>(new AccountCommands.SignUp(Name, new("correct horse"), "Quetzalcoatl"), Patience)).User;
        var users = host.Region<UserRegion>();
        await users.Ask<UserReplies.ProfileIs>(new UserCommands.Create(user, "Quetzalcoatl"), Patience);
        for (var i = 1; i <= 110; i++)
        {
            var profile = new Profile { Bio = i % 2 == 0 ? "I breed axolotls" : "I like silence", BirthDate = "1960-01-02", Gender = Profile.Types.Gender.Other };
            await users.Ask<UserReplies.ProfileIs>(new UserCommands.UpdateProfile(user, profile, ["bio", "birth_date", "gender"]), Patience);
        }

        await host.Region<RoomRegion>().Ask<RoomReplies.RoomIs>(new RoomCommands.OpenPair(_room, new(user, "Quetzalcoatl"), _bob), Patience);
        await Say(host, user, "Popocatepetl");
        var changed = await Say(host, user, "Popocatepetl");
        await host.Region<RoomRegion>().Ask<RoomReplies.Changed>(new RoomCommands.Edit(_room, user, changed, new("Ixtaccihuatl")), Patience);
        for (var i = 1; i <= 110; i++)
            await Say(host, _bob.UserId, "Hi!");
        await users.Ask<MatcherReplies.SearchIs>(new UserCommands.StartSearch(user, Mode.Chat), Patience);
        return user;
    }

    private async Task<MessageId> Say(ActorHost host, UserId user, string text) =>
        (await host.Region<RoomRegion>().Ask<RoomReplies.Posted>(new RoomCommands.Send(_room, user, new(Guid.NewGuid().ToString("N")), new(text), ""), Patience)).MessageId;

    private async Task<IReadOnlyList<Message>> Messages(ActorHost host) =>
        (await host.Services.GetRequiredService<RoomHistory>().ListMessages(_room, long.MaxValue, 200, new("nobody"), default)).Messages;
}
