using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using MessageEdited = WebChat.Journal.V1.MessageEdited;
using MessagePosted = WebChat.Journal.V1.MessagePosted;
using MessageRemoved = WebChat.Journal.V1.MessageRemoved;
using ReactionChanged = WebChat.Journal.V1.ReactionChanged;

namespace WebChat.Actors.Rooms;

/// <content>What is said in the room.</content>
public sealed partial record RoomState
{
    /// <summary>Different emojis that a message may carry.</summary>
    public const int MaxEmojis = 20;

    /// <summary>How long the author may change a message.</summary>
    public static readonly TimeSpan ChangeWithin = TimeSpan.FromMinutes(15);

    /// <summary>What a member has sent under a client id; null if nothing.</summary>
    public Post? SentAs(UserId user, ClientId clientId) =>
        Reader(user) is { } member && Sent.TryGetValue((member.MemberId, clientId.Value), out var message) ? Posts[message] : null;

    /// <summary>Posts a message, unless it was posted before.</summary>
    public Decision Send(RoomCommands.Send command, DateTimeOffset now)
    {
        if (SentAs(command.UserId, command.ClientId) is not null)
            return Decision.Nothing;
        if (Hinders(command.UserId, out var member) is { } hindrance)
            return hindrance;
        if (command.InReplyTo.Length > 0 && !Posts.ContainsKey(new(command.InReplyTo)))
            return Decision.Reject(ErrorCode.NotFound, "There is no such message to reply to.", "in_reply_to");
        return Decision.Happens(new MessagePosted
        {
            At = now.ToUnixTimeMilliseconds(),
            MessageId = MessageId.New(now).Value,
            MemberId = member.MemberId.Value,
            ClientId = command.ClientId.Value,
            Text = command.Text.Value,
            InReplyTo = command.InReplyTo,
        });
    }

    /// <summary>Changes an own message.</summary>
    public Decision Edit(RoomCommands.Edit command, DateTimeOffset now)
    {
        if (HindersChange(command.UserId, command.MessageId, now, out var post) is { } hindrance)
            return hindrance;
        if (post.Removed)
            return Decision.Reject(ErrorCode.FailedPrecondition, "The message is removed.", "message_id");
        return post.Text == command.Text.Value
            ? Decision.Nothing
            : Decision.Happens(new MessageEdited
            {
                At = now.ToUnixTimeMilliseconds(),
                MessageId = post.MessageId.Value,
                MemberId = post.Author.Value,
                Text = command.Text.Value,
            });
    }

    /// <summary>Removes an own message.</summary>
    public Decision Remove(RoomCommands.Remove command, DateTimeOffset now)
    {
        if (HindersChange(command.UserId, command.MessageId, now, out var post) is { } hindrance)
            return hindrance;
        return post.Removed
            ? Decision.Nothing
            : Decision.Happens(new MessageRemoved { At = now.ToUnixTimeMilliseconds(), MessageId = post.MessageId.Value, MemberId = post.Author.Value });
    }

    /// <summary>Puts an emoji at a message, or takes it back.</summary>
    public Decision React(RoomCommands.React command, DateTimeOffset now)
    {
        if (Hinders(command.UserId, out var member) is { } hindrance)
            return hindrance;
        if (!Posts.TryGetValue(command.MessageId, out var post))
            return NoSuchMessage;
        if (post.Removed)
            return Decision.Reject(ErrorCode.FailedPrecondition, "The message is removed.", "message_id");
        var reacted = post.Reactions.TryGetValue(command.Emoji.Value, out var members) && members.Contains(member.MemberId);
        if (reacted == command.On)
            return Decision.Nothing;
        if (command.On && members is null && post.Reactions.Count >= MaxEmojis)
            return Decision.Reject(ErrorCode.FailedPrecondition, $"The message has {MaxEmojis} different reactions already.", "emoji");
        return Decision.Happens(new ReactionChanged
        {
            At = now.ToUnixTimeMilliseconds(),
            MessageId = post.MessageId.Value,
            MemberId = member.MemberId.Value,
            Emoji = command.Emoji.Value,
            On = command.On,
        });
    }

    private static Decision NoSuchMessage { get; } = Decision.Reject(ErrorCode.NotFound, "There is no such message.", "message_id");

    private Decision? HindersChange(UserId user, MessageId message, DateTimeOffset now, out Post post)
    {
        post = Posts.GetValueOrDefault(message)!;
        if (Hinders(user, out var member) is { } hindrance)
            return hindrance;
        if (post is null)
            return NoSuchMessage;
        if (post.Author != member.MemberId)
            return Decision.Reject(ErrorCode.PermissionDenied, "The message is somebody else's.", "message_id");
        return now - post.At > ChangeWithin
            ? Decision.Reject(ErrorCode.FailedPrecondition, "The message is too old to be changed.", "message_id")
            : null;
    }
}
