using Akka.Actor;
using Akka.TestKit.Xunit2;
using Google.Protobuf;
using WebChat.Actors;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Actors.Options;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Actors.Users.Avatars;
using Avatar = WebChat.Journal.V1.Avatar;

namespace WebChat.Tests.Actors.Users;

public sealed class AvatarActorTests : TestKit
{
    private static readonly RoomOptions Rooms = new();
    private static readonly Avatar Picture = new()
    {
        Sha256 = AvatarId.Of([1, 2, 3]).Value,
        MediaType = "image/png",
        Preview = ByteString.CopyFrom(4, 5, 6),
        PreviewMediaType = "image/jpeg",
    };

    private readonly Person _ann = new(UserId.New(DateTimeOffset.UnixEpoch), "Ann");
    private readonly Person _bob = new(UserId.New(DateTimeOffset.UnixEpoch), "Bob");
    private ActorHost _host;

    public AvatarActorTests() : this(ActorHost.Start())
    {
    }

    private AvatarActorTests(ActorHost host) : base(host.System) => _host = host;

    [Fact]
    public async Task A_picture_is_still_known_after_a_restart_and_one_that_was_removed_is_not()
    {
        await Ask<UserReplies.ProfileIs>(new UserCommands.Create(_ann.UserId, _ann.Nickname));
        Assert.True((await Ask<UserReplies.ProfileIs>(new UserCommands.SetAvatar(_ann.UserId, Picture))).Profile.HasAvatar);

        _host = _host.Restart();
        Assert.Equal(Picture, (await Ask<UserReplies.AvatarIs>(new UserQueries.GetAvatar(_ann.UserId))).Avatar);
        Assert.False((await Ask<UserReplies.ProfileIs>(new UserCommands.DeleteAvatar(_ann.UserId))).Profile.HasAvatar);

        _host = _host.Restart();
        Assert.Null((await Ask<UserReplies.AvatarIs>(new UserQueries.GetAvatar(_ann.UserId))).Avatar);
        Assert.Equal(ErrorCode.NotFound, (await Ask<Rejection>(new UserQueries.GetAvatar(_bob.UserId))).Code);
    }

    [Fact]
    public async Task A_room_reveals_its_members_step_by_step_and_remembers_how_far_it_went()
    {
        var room = RoomId.New(DateTimeOffset.UnixEpoch);
        var opened = (await Ask<RoomReplies.RoomIs>(new RoomCommands.OpenPair(room, _ann, _bob))).Room;
        var bob = new MemberId(opened.Members.Single(member => !member.You).MemberId);
        foreach (var person in new[] { _ann, _bob })
            _host.Region<RoomRegion>().Tell(new RoomCommands.Attach(room, person.UserId, SessionId.New(DateTimeOffset.UnixEpoch), Online: true), TestActor);
        FishForMessage<RoomReplies.Attached>(_ => true);
        FishForMessage<RoomReplies.Attached>(_ => true);

        for (var level = 0; level < RoomState.FullReveal; level++)
        {
            Assert.Equal((_bob.UserId, level), await Look(room, bob));
            _host.Clock.Advance(Rooms.PromptAfter);
            foreach (var person in new[] { _ann, _bob })
            {
                var prompt = (await Ask<RoomReplies.RoomIs>(new RoomQueries.GetRoom(room, person.UserId))).Room.Prompt;
                await Ask<RoomReplies.Changed>(new RoomCommands.Answer(room, person.UserId, prompt.PromptId, Yes: true));
            }
        }

        _host = _host.Restart();
        Assert.Equal((_bob.UserId, RoomState.FullReveal), await Look(room, bob));
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _host.Dispose();
    }

    private async Task<(UserId Member, int Level)> Look(RoomId room, MemberId member)
    {
        var seen = await Ask<RoomReplies.MemberIs>(new RoomQueries.GetMember(room, _ann.UserId, member));
        return (seen.Member, seen.RevealLevel);
    }

    private async Task<TReply> Ask<TReply>(Request request)
        where TReply : Reply
    {
        var region = request is RoomRequest ? _host.Region<RoomRegion>() : _host.Region<UserRegion>();
        return Assert.IsType<TReply>(await region.Ask<Reply>(request, TimeSpan.FromSeconds(20)));
    }
}
