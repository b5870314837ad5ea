using Akka.Actor;
using Akka.TestKit.Xunit2;
using WebChat.Actors;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Actors.Options;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;

namespace WebChat.Tests.Actors.Rooms;

public sealed class RevealTests : TestKit
{
    private static readonly RoomOptions Rooms = new();

    private readonly Person _ann = new(UserId.New(DateTimeOffset.UnixEpoch), "Ann");
    private readonly Person _bob = new(UserId.New(DateTimeOffset.UnixEpoch), "Bob");
    private ActorHost _host;

    public RevealTests() : this(ActorHost.Start())
    {
    }

    private RevealTests(ActorHost host) : base(host.System) => _host = host;

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
