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

    private RoomCommands.Edit Edit(Person who, string text) => new(Id, who.UserId, Message.MessageId, new(text));

    private RoomCommands.Remove Remove(Person who) => new(Id, who.UserId, Message.MessageId);

    private RoomCommands.React React(Person who, string emoji, bool on = true) => new(Id, who.UserId, Message.MessageId, new(emoji), on);
}
