using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.TestKit;
using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Journal.V1;

namespace WebChat.Tests.Actors.Hosting;

/// <summary>What an entity answers when the journal does not take its events.</summary>
public sealed class EntityActorTests : IDisposable
{
    private const string Journal = "akka.persistence.journal.test";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Person _ann = new(UserId.New(DateTimeOffset.UnixEpoch), "Ann");
    private readonly Person _bob = new(UserId.New(DateTimeOffset.UnixEpoch), "Bob");
    private readonly RoomId _room = RoomId.New(DateTimeOffset.UnixEpoch);
    private readonly ActorHost _host = ActorHost.StartWith($$"""
        akka.persistence.journal.plugin = {{Journal}}
        {{Journal}} { class = "Akka.Persistence.TestKit.TestJournal, Akka.Persistence.TestKit", plugin-dispatcher = akka.actor.default-dispatcher }
        """);

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_write_that_fails_or_is_rejected_stops_the_entity_and_gives_nobody_the_answer_of_another(bool rejects)
    {
        await Ask(new RoomCommands.OpenPair(_room, _ann, _bob));
        var journal = TestJournal.FromRef(Persistence.Instance.Apply(_host.System).JournalFor(Journal));
        if (rejects)
            await journal.OnWrite.RejectIf(IsSecond);
        else
            await journal.OnWrite.FailIf(IsSecond);

        var replies = await Task.WhenAll(Send("1"), Send("2"), Send("3"), Ask(new RoomQueries.GetRoom(_room, _ann.UserId)));

        var posted = replies[0] as RoomReplies.Posted;
        Assert.All(replies[1..], reply => Assert.Equal(ErrorCode.Unavailable, Assert.IsType<Rejection>(reply).Code));

        await journal.OnWrite.Pass();
        var again = new List<RoomReplies.Posted>();
        foreach (var clientId in (string[])["1", "2", "3"])
            again.Add(await Insist(clientId));
        Assert.Equal(3, again.Select(reply => reply.MessageId).Distinct().Count());
        Assert.Equal(posted?.MessageId ?? again[0].MessageId, again[0].MessageId);

        static bool IsSecond(IPersistentRepresentation written) => written.Payload is MessagePosted { ClientId: "2" };
    }

    private async Task<RoomReplies.Posted> Insist(string clientId)
    {
        while (true)
        {
            if (await Send(clientId) is RoomReplies.Posted posted)
                return posted;
            _host.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private Task<Reply> Send(string clientId) => Ask(new RoomCommands.Send(_room, _ann.UserId, new(clientId), new($"text {clientId}"), ""));

    private Task<Reply> Ask(RoomRequest request) => _host.Region<RoomRegion>().Ask<Reply>(request, Patience);
}
