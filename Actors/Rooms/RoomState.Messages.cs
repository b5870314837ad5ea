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

    /// <summary>Edits and reactions that a message may have: all are read with a page of history. Removing it is always possible.</summary>
    public const int MaxChanges = 2_000;

    /// <summary>How long the author may change a message.</summary>
    public static readonly TimeSpan ChangeWithin = TimeSpan.FromMinutes(15);

    /// <summary>What a member has sent under a client id; null if that is not among the member's last messages.</summary>
    public SentMessage? SentAs(UserId user, ClientId clientId) =>
        Reader(user) is { } member ? Sent.GetValueOrDefault(member.MemberId, SentMessages.None).Find(clientId.Value) : null;

    /// <summary>The messages of others that a member has not read, out of the last of each.</summary>
    public int CountUnread(MemberId reader, long readSeq) => Sent.Where(sent => sent.Key != reader).Sum(sent => sent.Value.CountAfter(readSeq));

    /// <summary>Whether a user may act in the room now.</summary>
    public bool MayAct(UserId user) => Hinders(user, out _) is null;

    /// <summary>A message that was read some time ago as it stands now: those of a deleted account are removed.</summary>
    public Post Standing(Post post) => MemberOf(post.Author.Value).Erased ? post.Remove() : post;

    /// <summary>Posts a message, unless it was posted before.</summary>
    /// <param name="command">The message.</param>
    /// <param name="replied">The message that it replies to; null if there is none.</param>
    /// <param name="now">The time.</param>
    public Decision Send(RoomCommands.Send command, Post? replied, DateTimeOffset now)
    {
        if (SentAs(command.UserId, command.ClientId) is not null)
            return Decision.Nothing;
        if (Hinders(command.UserId, out var member) is { } hindrance)
            return hindrance;
        if (command.InReplyTo.Length > 0 && replied is null)
            return Decision.Reject(ErrorCode.NotFound, "Unknown message.", "in_reply_to");
        return Decision.Happens(new MessagePosted
        {
            At = now.ToUnixTimeMilliseconds(),
            MemberId = member.MemberId.Value,
            ClientId = command.ClientId.Value,
            Text = command.Text.Value,
            InReplyTo = command.InReplyTo,
        });
    }

    /// <summary>Changes an own message, which is null if there is no such message.</summary>
    public Decision Edit(RoomCommands.Edit command, Post? post, DateTimeOffset now)
    {
        if (HindersChange(command.UserId, post, now) is { } hindrance)
            return hindrance;
        if (post!.Removed)
            return Decision.Reject(ErrorCode.FailedPrecondition, "The message is removed.", "message_id");
        if (post.Text == command.Text.Value)
            return Decision.Nothing;
        return post.Changes >= MaxChanges
            ? ChangedTooOften
            : Decision.Happens(new MessageEdited
            {
                At = now.ToUnixTimeMilliseconds(),
                MessageId = post.MessageId.Value,
                MemberId = post.Author.Value,
                Text = command.Text.Value,
            });
    }

    /// <summary>Removes an own message, which is null if there is no such message.</summary>
    public Decision Remove(RoomCommands.Remove command, Post? post, DateTimeOffset now)
    {
        if (HindersChange(command.UserId, post, now) is { } hindrance)
            return hindrance;
        return post!.Removed
            ? Decision.Nothing
            : Decision.Happens(new MessageRemoved { At = now.ToUnixTimeMilliseconds(), MessageId = post.MessageId.Value, MemberId = post.Author.Value });
    }

    /// <summary>Puts an emoji at a message, or takes it back. The message is null if there is no such message.</summary>
    public Decision React(RoomCommands.React command, Post? post, DateTimeOffset now)
    {
        if (Hinders(command.UserId, out var member) is { } hindrance)
            return hindrance;
        if (post is null)
            return NoSuchMessage;
        if (post.Removed)
            return Decision.Reject(ErrorCode.FailedPrecondition, "The message is removed.", "message_id");
        var reacted = post.Reactions.TryGetValue(command.Emoji.Value, out var members) && members.Contains(member.MemberId);
        if (reacted == command.On)
            return Decision.Nothing;
        if (post.Changes >= MaxChanges)
            return ChangedTooOften;
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

    private static Decision ChangedTooOften { get; } = Decision.Reject(ErrorCode.FailedPrecondition, $"The message was changed {MaxChanges} times and cannot be changed any more.", "message_id");

    private static Decision NoSuchMessage { get; } = Decision.Reject(ErrorCode.NotFound, "Unknown message.", "message_id");

    private Decision? HindersChange(UserId user, Post? post, DateTimeOffset now)
    {
        if (Hinders(user, out var member) is { } hindrance)
            return hindrance;
        if (post is null)
            return NoSuchMessage;
        if (post.Author != member.MemberId)
            return Decision.Reject(ErrorCode.PermissionDenied, "You can change only your own messages.", "message_id");
        return now - Time(post.At) > ChangeWithin
            ? Decision.Reject(ErrorCode.FailedPrecondition, "The message is too old to be changed.", "message_id")
            : null;
    }
}
