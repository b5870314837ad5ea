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
        .After(s => s.Send(new(Id, Ann.UserId, new("1"), new("hello"), ""), Now));

    private MessageId Message => _room.SentAs(Ann.UserId, new("1"))!.MessageId;

    [Fact]
    public void An_edit_shows_in_the_message_and_is_an_event()
    {
        var room = _room.After(s => s.Edit(Edit(Ann, "hello!"), Now.AddMinutes(1)));

        Assert.Equal(4, room.LastSeq);
        Assert.Equal("hello!", room.Posts[Message].Text);
        Assert.Equal(Now.AddMinutes(1), room.Posts[Message].EditedAt);
        Assert.Equal(Decision.Nothing, room.Edit(Edit(Ann, "hello!"), Now.AddMinutes(2)));
    }

    [Fact]
    public void Only_the_author_changes_a_message()
    {
        Assert.Equal(ErrorCode.PermissionDenied, _room.Edit(Edit(Bob, "mine"), Now).Rejection?.Code);
        Assert.Equal(ErrorCode.PermissionDenied, _room.Remove(new(Id, Bob.UserId, Message), Now).Rejection?.Code);
    }

    [Fact]
    public void A_message_is_changed_within_a_quarter_of_an_hour_or_not_at_all()
    {
        Assert.Null(_room.Edit(Edit(Ann, "late"), Now + RoomState.ChangeWithin).Rejection);
        Assert.Equal(ErrorCode.FailedPrecondition, _room.Edit(Edit(Ann, "late"), Now + RoomState.ChangeWithin + TimeSpan.FromMilliseconds(1)).Rejection?.Code);
    }

    [Fact]
    public void A_removed_message_keeps_neither_text_nor_reactions_and_takes_none()
    {
        var room = _room
            .After(s => s.Edit(Edit(Ann, "hello!"), Now))
            .After(s => s.React(React(Bob, "👍"), Now))
            .After(s => s.Remove(new(Id, Ann.UserId, Message), Now));

        Assert.True(room.Posts[Message].Removed);
        Assert.Null(room.Posts[Message].Text);
        Assert.Empty(room.Posts[Message].Reactions);
        Assert.Equal(ErrorCode.FailedPrecondition, room.React(React(Bob, "👍"), Now).Rejection?.Code);
        Assert.Equal(ErrorCode.FailedPrecondition, room.Edit(Edit(Ann, "again"), Now).Rejection?.Code);
        Assert.Equal(Decision.Nothing, room.Remove(new(Id, Ann.UserId, Message), Now));
    }

    [Fact]
    public void A_reaction_is_put_once_and_taken_back()
    {
        var room = _room.After(s => s.React(React(Bob, "👍"), Now)).After(s => s.React(React(Ann, "👍"), Now));

        Assert.Equal(2, room.Posts[Message].Reactions["👍"].Count);
        Assert.Equal(Decision.Nothing, room.React(React(Bob, "👍"), Now));
        room = room.After(s => s.React(React(Bob, "👍", on: false), Now)).After(s => s.React(React(Ann, "👍", on: false), Now));
        Assert.True(room.Posts[Message].IsUnchanged);
    }

    [Fact]
    public void A_message_that_is_not_there_is_not_found()
    {
        var nowhere = MessageId.New(Now);

        Assert.Equal(ErrorCode.NotFound, _room.Edit(new(Id, Ann.UserId, nowhere, new("x")), Now).Rejection?.Code);
        Assert.Equal(ErrorCode.NotFound, _room.React(new(Id, Ann.UserId, nowhere, new("👍"), true), Now).Rejection?.Code);
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

    private RoomCommands.Edit Edit(Person who, string text) => new(Id, who.UserId, Message, new(text));

    private RoomCommands.React React(Person who, string emoji, bool on = true) => new(Id, who.UserId, Message, new(emoji), on);
}
