using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;

namespace WebChat.Tests.Actors.Rooms;

public sealed class RoomMessagesTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly RoomId Id = RoomId.New(Now);
    private static readonly Person Ann = new(UserId.New(Now), "Ann");
    private static readonly Person Bob = new(UserId.New(Now), "Bob");

    private readonly RoomState _room = RoomState.Initial
        .After(s => s.Open(new RoomCommands.OpenPair(Id, Ann, Bob), Now))
        .After(s => s.Send(new(Id, Ann.UserId, new("1"), new("hello"), ""), null, Now));

    private Post Message => new(3, Now.ToUnixTimeMilliseconds(), _room.Members[Ann.UserId].MemberId);

    [Fact]
    public void An_edit_shows_in_the_message_and_is_an_event()
    {
        var edited = After(Message, _room.Edit(Edit(Ann, "hello!"), Message, Now.AddMinutes(1)));

        Assert.Equal("hello!", edited.Text);
        Assert.Equal(Now.AddMinutes(1).ToUnixTimeMilliseconds(), edited.EditedAt);
        Assert.Equal(Decision.Nothing, _room.Edit(Edit(Ann, "hello!"), edited, Now.AddMinutes(2)));
    }

    [Fact]
    public void The_newest_message_stands_as_its_changes_made_it_also_in_a_snapshot()
    {
        var edited = _room.After(s => s.Edit(Edit(Ann, "hello!"), Message, Now.AddMinutes(1)));
        var removed = edited.After(s => s.Remove(Remove(Ann), Message, Now.AddMinutes(2)));

        Assert.Equal(("hello!", false), Newest(edited));
        Assert.Equal(("hello!", false), Newest(RoomState.FromSnapshot(edited.ToSnapshot())));
        Assert.Equal(("", true), Newest(removed));
        Assert.Equal(("", true), Newest(RoomState.FromSnapshot(removed.ToSnapshot())));
        Assert.DoesNotContain("hello", removed.ToSnapshot().ToString());
    }

    [Fact]
    public void The_newest_message_of_a_deleted_account_is_removed()
    {
        var erased = _room.After(s => s.Erase(Ann.UserId, Now));

        Assert.Equal(("", true), Newest(erased));
        Assert.DoesNotContain("hello", erased.ToSnapshot().ToString());
    }

    [Fact]
    public void Only_messages_of_others_behind_the_read_position_count_as_unread()
    {
        var room = _room.After(s => s.Send(new(Id, Bob.UserId, new("1"), new("hi"), ""), null, Now));

        Assert.Equal((1, 0), (Unread(room, Bob, 2), Unread(room, Bob, 3)));
        Assert.Equal((1, 0), (Unread(room, Ann, 3), Unread(room, Ann, 4)));
    }

    [Fact]
    public void A_message_takes_a_bounded_number_of_changes_and_can_still_be_removed()
    {
        var post = Message;
        for (var i = 0; i < RoomState.MaxChanges; i++)
            post = After(post, _room.React(React(Bob, "👍", on: i % 2 == 0), post, Now));

        Assert.Equal(ErrorCode.FailedPrecondition, _room.React(React(Bob, "👍"), post, Now).Rejection?.Code);
        Assert.Equal(ErrorCode.FailedPrecondition, _room.Edit(Edit(Ann, "hello!"), post, Now).Rejection?.Code);
        Assert.True(After(post, _room.Remove(Remove(Ann), post, Now)).Removed);
    }

    [Fact]
    public void The_id_of_a_message_leads_to_its_event()
    {
        Assert.Equal(3, Message.MessageId.Seq);
        Assert.True(MessageId.TryParse(Message.MessageId.Value, out var id));
        Assert.Equal(Message.MessageId, id);
        Assert.NotEqual(Message.MessageId, MessageId.Of(Now.AddMilliseconds(1).ToUnixTimeMilliseconds(), 3));
    }

    [Fact]
    public void Only_the_author_changes_a_message()
    {
        Assert.Equal(ErrorCode.PermissionDenied, _room.Edit(Edit(Bob, "mine"), Message, Now).Rejection?.Code);
        Assert.Equal(ErrorCode.PermissionDenied, _room.Remove(Remove(Bob), Message, Now).Rejection?.Code);
    }

    [Fact]
    public void A_message_is_changed_within_a_quarter_of_an_hour_or_not_at_all()
    {
        Assert.Null(_room.Edit(Edit(Ann, "late"), Message, Now + RoomState.ChangeWithin).Rejection);
        Assert.Equal(ErrorCode.FailedPrecondition, _room.Edit(Edit(Ann, "late"), Message, Now + RoomState.ChangeWithin + TimeSpan.FromMilliseconds(1)).Rejection?.Code);
    }

    [Fact]
    public void A_removed_message_keeps_neither_text_nor_reactions_and_takes_none()
    {
        var post = After(Message, _room.Edit(Edit(Ann, "hello!"), Message, Now));
        post = After(post, _room.React(React(Bob, "👍"), post, Now));
        post = After(post, _room.Remove(Remove(Ann), post, Now));

        Assert.True(post.Removed);
        Assert.Null(post.Text);
        Assert.Empty(post.Reactions);
        Assert.Equal(ErrorCode.FailedPrecondition, _room.React(React(Bob, "👍"), post, Now).Rejection?.Code);
        Assert.Equal(ErrorCode.FailedPrecondition, _room.Edit(Edit(Ann, "again"), post, Now).Rejection?.Code);
        Assert.Equal(Decision.Nothing, _room.Remove(Remove(Ann), post, Now));
    }

    [Fact]
    public void A_reaction_is_put_once_and_taken_back()
    {
        var post = After(Message, _room.React(React(Bob, "👍"), Message, Now));
        post = After(post, _room.React(React(Ann, "👍"), post, Now));

        Assert.Equal(2, post.Reactions["👍"].Count);
        Assert.Equal(Decision.Nothing, _room.React(React(Bob, "👍"), post, Now));
        post = After(post, _room.React(React(Bob, "👍", on: false), post, Now));
        post = After(post, _room.React(React(Ann, "👍", on: false), post, Now));
        Assert.Empty(post.Reactions);
    }

    [Fact]
    public void A_message_that_is_not_there_is_not_found()
    {
        Assert.Equal(ErrorCode.NotFound, _room.Edit(Edit(Ann, "x"), null, Now).Rejection?.Code);
        Assert.Equal(ErrorCode.NotFound, _room.Remove(Remove(Ann), null, Now).Rejection?.Code);
        Assert.Equal(ErrorCode.NotFound, _room.React(React(Ann, "👍"), null, Now).Rejection?.Code);
    }

    [Fact]
    public void A_message_of_a_deleted_account_is_removed_whenever_it_was_read()
    {
        var room = _room.After(s => s.Erase(Ann.UserId, Now));

        Assert.True(room.Standing(Message).Removed);
        Assert.False(_room.Standing(Message).Removed);
    }

    [Theory]
    [InlineData("👍", true)]
    [InlineData("❤️", true)]
    [InlineData("👩‍👩‍👧", true)]
    [InlineData("🇩🇪", true)]
    [InlineData("👍👍", false)]
    [InlineData("a", false)]
    [InlineData("", false)]
    [InlineData("<", false)]
    public void An_emoji_is_one_symbol(string text, bool good) => Assert.Equal(good, Emoji.TryParse(text, out _));

    private static Post After(Post post, Decision decision) => post.Apply(Assert.Single(decision.Events));

    private static (string Text, bool Removed) Newest(RoomState room)
    {
        var message = RoomEvents.ToMessage(room.LastMessage!.Value.Posted, room.LastMessage.Value.Post, default);
        return (message.Text, message.Removed);
    }

    private static int Unread(RoomState room, Person reader, long readSeq) => room.CountUnread(room.Members[reader.UserId].MemberId, readSeq);

    private RoomCommands.Edit Edit(Person author, string text) => new(Id, author.UserId, Message.MessageId, new(text));

    private RoomCommands.Remove Remove(Person member) => new(Id, member.UserId, Message.MessageId);

    private RoomCommands.React React(Person member, string emoji, bool on = true) => new(Id, member.UserId, Message.MessageId, new(emoji), on);
}
