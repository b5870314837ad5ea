using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.TestKit;
using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Journal.V1;

namespace WebChat.Tests.Actors.Hosting;

/// <summary>The answers of an entity when the journal fails to persist its events.</summary>
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
    public async Task A_failed_or_rejected_write_stops_the_entity_and_gives_no_caller_the_answer_of_another(bool rejects)
    {
        await Ask(new RoomCommands.OpenPair(_room, _ann, _bob));
        var journal = TestJournal.FromRef(Akka.Persistence.Persistence.Instance.Apply(_host.System).JournalFor(Journal));
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

    [Fact]
    public async Task Time_does_not_step_back_behind_the_last_event()
    {
        using var later = ActorHost.Start();
        later.Clock.Advance(TimeSpan.FromDays(1));
        await Ask(later, new RoomCommands.OpenPair(_room, _ann, _bob));
        var first = Assert.IsType<RoomReplies.Posted>(await Send(later, "1")).At;
        using var earlier = later.Restart();
        Assert.True(earlier.Clock.Now < first);

        var second = Assert.IsType<RoomReplies.Posted>(await Send(earlier, "2")).At;

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Commands_that_arrive_while_keys_are_loaded_are_handled_in_order()
    {
        using var before = ActorHost.Start();
        await Ask(before, new RoomCommands.OpenGroup(_room, _ann, "Tea", 10, Open: true));
        using var host = before.Restart();

        // The new users have no keys yet.
        var newcomers = Enumerable.Range(0, 8).Select(i => new Person(UserId.New(DateTimeOffset.UnixEpoch), $"N{i}")).ToList();
        var joined = newcomers.Select(person => Ask(host, new RoomCommands.Join(_room, person))).ToList();
        var posted = newcomers.Select((person, i) => Ask(host, new RoomCommands.Send(_room, person.UserId, new($"{i}"), new($"text {i}"), ""))).ToList();

        Assert.Equal(Enumerable.Range(0, 8).Select(i => i + 2L), (await Task.WhenAll(joined)).Select(reply => Assert.IsType<RoomReplies.RoomIs>(reply).Room.LastSeq));
        Assert.Equal(Enumerable.Range(0, 8).Select(i => i + 10L), (await Task.WhenAll(posted)).Select(reply => Assert.IsType<RoomReplies.Posted>(reply).Seq));
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

    private Task<Reply> Send(string clientId) => Send(_host, clientId);

    private Task<Reply> Send(ActorHost host, string clientId) => Ask(host, new RoomCommands.Send(_room, _ann.UserId, new(clientId), new($"text {clientId}"), ""));

    private Task<Reply> Ask(RoomRequest request) => Ask(_host, request);

    private static Task<Reply> Ask(ActorHost host, RoomRequest request) => host.Region<RoomRegion>().Ask<Reply>(request, Patience);
}
