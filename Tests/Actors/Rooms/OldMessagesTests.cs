using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Persistence;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Tests.Databases;
using WebChat.Tests.Requires;
using WebChat.V1;

namespace WebChat.Tests.Actors.Rooms;

public sealed class OldMessagesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RoomId _room = RoomId.New(DateTimeOffset.UnixEpoch);
    private readonly Person _ann = new(UserId.New(DateTimeOffset.UnixEpoch), "Ann");
    private readonly Person _bob = new(UserId.New(DateTimeOffset.UnixEpoch), "Bob");

    [Fact]
    public async Task A_message_that_is_no_longer_in_memory_can_be_changed_and_replied_to()
    {
        using var host = ActorHost.Start();
        var old = await Open(host);
        await Chatter(host, 300);

        await ChangeAndReply(host, old);
        await Chatter(host, 300);

        var (edited, reply) = (await MessageAt(host, old.Seq), (await Messages(host))[300]);
        Assert.Equal("edited", edited.Text);
        Assert.Equal("👍", Assert.Single(edited.Reactions).Emoji);
        Assert.Equal(2, Assert.Single(edited.Reactions).MemberIds.Count);
        Assert.Equal(old.MessageId.Value, reply.InReplyTo);
        Assert.IsType<RoomReplies.Changed>(await Ask(host, new RoomCommands.Remove(_room, _ann.UserId, old.MessageId)));
        await Chatter(host, 300);

        var removed = await MessageAt(host, old.Seq);
        Assert.Equal((true, "", 0), (removed.Removed, removed.Text, removed.Reactions.Count));
        Assert.Equal(ErrorCode.FailedPrecondition, (await Ask(host, React(_bob, old.MessageId)) as Rejection)?.Code);
    }

    [Fact]
    public async Task A_message_can_be_changed_and_replied_to_after_a_restart()
    {
        RoomReplies.Posted old;
        ActorHost second;
        using (var host = ActorHost.Start())
        {
            old = await Open(host);
            await Ask(host, React(_bob, old.MessageId));
            second = host.Restart();
        }

        using (second)
        {
            var again = Assert.IsType<RoomReplies.Changed>(await Ask(second, React(_bob, old.MessageId)));
            Assert.Equal(old.Seq + 1, again.Seq);
            await ChangeAndReply(second, old);

            var edited = await MessageAt(second, old.Seq);
            Assert.Equal("edited", edited.Text);
            Assert.Equal(2, Assert.Single(edited.Reactions).MemberIds.Count);
        }
    }

    [Fact]
    public async Task Changes_that_race_for_a_message_that_must_be_read_are_decided_one_after_the_other()
    {
        using var host = ActorHost.Start();
        var old = await Open(host);
        await Chatter(host, 300);
        var before = (await Ask(host, React(_bob, old.MessageId, on: false)) as RoomReplies.Changed)!.Seq;
        await Chatter(host, 300);

        var replies = await Task.WhenAll(
            Ask(host, new RoomCommands.Edit(_room, _ann.UserId, old.MessageId, new("first"))),
            Ask(host, React(_bob, old.MessageId)),
            Ask(host, React(_bob, old.MessageId)),
            Ask(host, new RoomCommands.Edit(_room, _ann.UserId, old.MessageId, new("second"))),
            Ask(host, new RoomCommands.Edit(_room, _ann.UserId, old.MessageId, new("second"))));

        Assert.Equal([1L, 2, 2, 3, 3], replies.Select(reply => ((RoomReplies.Changed)reply).Seq - before - 300));
        var message = await MessageAt(host, old.Seq);
        Assert.Equal("second", message.Text);
        Assert.Single(Assert.Single(message.Reactions).MemberIds);
    }

    [Fact]
    public async Task The_messages_of_a_user_keep_their_order_while_one_waits_for_the_message_that_it_replies_to()
    {
        using var host = ActorHost.Start();
        var old = await Open(host);
        await Chatter(host, 300);

        var replies = await Task.WhenAll(
            Ask(host, Say(_ann, "reply", "reply", old.MessageId.Value)),
            Ask(host, Say(_ann, "plain", "plain")),
            Ask(host, Say(_ann, "reply", "reply", old.MessageId.Value)));

        var seqs = replies.Cast<RoomReplies.Posted>().Select(posted => posted.Seq).ToList();
        Assert.True(seqs[0] < seqs[1]);
        Assert.Equal(seqs[0], seqs[2]);
    }

    [Theory]
    [InlineData(0, 3, "another time")]
    [InlineData(null, 1, "no message")]
    [InlineData(null, 0, "no event")]
    [InlineData(null, -1, "no event")]
    [InlineData(null, 1_000, "no event yet")]
    public async Task An_id_that_was_not_given_out_is_not_found(int? at, long seq, string why)
    {
        using var host = ActorHost.Start();
        var old = await Open(host);
        Assert.Equal(3, old.Seq);

        var id = MessageId.Of(at ?? old.At.ToUnixTimeMilliseconds(), seq);

        Assert.True((await Ask(host, React(_bob, id)) as Rejection)?.Code == ErrorCode.NotFound, why);
        Assert.True((await Ask(host, Say(_bob, "1", "reply", id.Value)) as Rejection)?.Code == ErrorCode.NotFound, why);
    }

    [Fact]
    public async Task A_damaged_message_is_unavailable_and_the_room_goes_on()
    {
        using var host = ActorHost.Start();
        var old = await Open(host);
        await Chatter(host, 300);
        host.Services.GetRequiredService<JournalDatabase>().Execute(
            "UPDATE journal SET message = x'FF' WHERE persistence_id = @room AND sequence_number = @seq", ("@room", PersistenceIds.Room(_room)), ("@seq", old.Seq));

        var replies = await Task.WhenAll(Ask(host, React(_bob, old.MessageId)), Ask(host, Say(_ann, "1", "hello")), Ask(host, React(_bob, old.MessageId)));

        Assert.Equal(ErrorCode.Unavailable, (replies[0] as Rejection)?.Code);
        Assert.IsType<RoomReplies.Posted>(replies[1]);
        Assert.Equal(ErrorCode.Unavailable, (replies[2] as Rejection)?.Code);
        Assert.IsType<RoomReplies.Changed>(await Ask(host, React(_bob, (replies[1] as RoomReplies.Posted)!.MessageId)));
    }

    [PostgresFact]
    public async Task While_a_message_is_read_the_room_goes_on_and_the_change_is_decided_by_what_is_then()
    {
        await using var server = await PostgresServer.Create();
        await using var database = await PostgresDatabase.Create(server);
        using var host = ActorHost.Start(settings: [("WebChat:Database", "postgres"), ("WebChat:ConnectionString", database.ConnectionString)]);
        var old = await Open(host);
        await Chatter(host, 300);

        // To read a message is to look for its tags.
        await using var other = new NpgsqlConnection(database.ConnectionString);
        await other.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using (var hide = new NpgsqlCommand("LOCK TABLE tags IN ACCESS EXCLUSIVE MODE", other, transaction))
            await hide.ExecuteNonQueryAsync();

        var edit = Ask(host, new RoomCommands.Edit(_room, _ann.UserId, old.MessageId, new("edited")));
        Assert.IsType<RoomReplies.Posted>(await Ask(host, Say(_bob, "meanwhile", "meanwhile")));
        host.Clock.Advance(RoomState.ChangeWithin + TimeSpan.FromSeconds(1));
        Assert.False(edit.IsCompleted);
        await transaction.CommitAsync();

        Assert.Equal(ErrorCode.FailedPrecondition, (await edit as Rejection)?.Code);
    }

    [Fact]
    public async Task A_snapshot_does_not_grow_with_the_messages_of_a_room()
    {
        using var host = ActorHost.Start();
        await Open(host);
        await Chatter(host, 400);
        var early = await SnapshotBytes(host, 300);
        await Chatter(host, 2_000);

        Assert.InRange(await SnapshotBytes(host, 2_300), early - 200, early + 200);
    }

    private async Task<RoomReplies.Posted> Open(ActorHost host)
    {
        await Ask(host, new RoomCommands.OpenPair(_room, _ann, _bob));
        return (RoomReplies.Posted)await Ask(host, Say(_ann, "old", "old"));
    }

    private async Task ChangeAndReply(ActorHost host, RoomReplies.Posted old)
    {
        Assert.IsType<RoomReplies.Changed>(await Ask(host, new RoomCommands.Edit(_room, _ann.UserId, old.MessageId, new("edited"))));
        Assert.IsType<RoomReplies.Changed>(await Ask(host, React(_ann, old.MessageId)));
        Assert.IsType<RoomReplies.Changed>(await Ask(host, React(_bob, old.MessageId)));
        Assert.IsType<RoomReplies.Posted>(await Ask(host, Say(_bob, "reply", "reply", old.MessageId.Value)));
    }

    private Task Chatter(ActorHost host, int messages) =>
        Task.WhenAll(Enumerable.Range(0, messages).Select(_ => Ask(host, Say(_bob, Guid.NewGuid().ToString(), "chatter"))));

    private static Task<Reply> Ask(ActorHost host, RoomRequest request) => host.Region<RoomRegion>().Ask<Reply>(request, Patience);

    private RoomCommands.Send Say(Person member, string clientId, string text, string inReplyTo = "") => new(_room, member.UserId, new(clientId), new(text), inReplyTo);

    private RoomCommands.React React(Person member, MessageId message, bool on = true) => new(_room, member.UserId, message, new("👍"), on);

    private async Task<IReadOnlyList<Message>> Messages(ActorHost host) =>
        (await host.Services.GetRequiredService<RoomHistory>().ListMessages(_room, long.MaxValue, 1_000, new("nobody"), default)).Messages;

    private async Task<Message> MessageAt(ActorHost host, long seq) =>
        Assert.Single((await host.Services.GetRequiredService<RoomHistory>().ListMessages(_room, seq + 1, 1, new("nobody"), default)).Messages);

    // Of the first snapshot from a seq on, which comes after its event is acknowledged.
    private async Task<long> SnapshotBytes(ActorHost host, long seq)
    {
        while (true)
        {
            var bytes = await host.Services.GetRequiredService<JournalDatabase>().Read<long?>(
                "SELECT length(snapshot) FROM snapshot WHERE persistence_id = @room AND sequence_number >= @seq",
                async rows => await rows.ReadAsync() ? rows.GetInt64(0) : null,
                default,
                ("@room", PersistenceIds.Room(_room)), ("@seq", seq));
            if (bytes is { } saved)
                return saved;
            await Ask(host, new RoomQueries.GetRoom(_room, _ann.UserId));
        }
    }
}
