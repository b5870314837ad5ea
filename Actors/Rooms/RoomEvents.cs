using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WebChat.V1;
using Stored = WebChat.Journal.V1;

namespace WebChat.Actors.Rooms;

/// <summary>A room's journal records as clients see them. User ids stay behind.</summary>
public static class RoomEvents
{
    /// <summary>The public event of a journal record.</summary>
    public static RoomEvent ToPublic(RoomId room, long seq, IMessage journaled)
    {
        var happened = new RoomEvent { RoomId = room.Value, Seq = seq, At = journaled is Stored.IRoomEvent { At: var at } ? Time(at) : null };
        switch (journaled)
        {
            case Stored.MessagePosted e:
                happened.MessagePosted = new()
                {
                    MessageId = MessageId.Of(e.At, seq).Value,
                    MemberId = e.MemberId,
                    ClientId = e.ClientId,
                    Text = e.Text,
                    InReplyTo = e.InReplyTo,
                    Removed = !e.Encrypted.IsEmpty,
                };
                break;
            case Stored.MessageEdited { Encrypted.IsEmpty: false } e:
                happened.MessageRemoved = new() { MessageId = e.MessageId, MemberId = e.MemberId };
                break;
            case Stored.MessageEdited e:
                happened.MessageEdited = new() { MessageId = e.MessageId, MemberId = e.MemberId, Text = e.Text };
                break;
            case Stored.MessageRemoved e:
                happened.MessageRemoved = new() { MessageId = e.MessageId, MemberId = e.MemberId };
                break;
            case Stored.ReactionChanged e:
                happened.ReactionChanged = new() { MessageId = e.MessageId, MemberId = e.MemberId, Emoji = e.Emoji, On = e.On };
                break;
            case Stored.PromptOpened e:
                happened.PromptOpened = new() { PromptId = e.PromptId, Kind = e.Kind, Round = e.Round, ClosesAt = Time(e.ClosesAt), ByMemberId = e.ByMemberId };
                break;
            case Stored.PromptAnswered e:
                happened.PromptAnswered = new() { PromptId = e.PromptId, MemberId = e.MemberId };
                break;
            case Stored.RoomKept e:
                happened.RoomKept = new();
                break;
            case Stored.RevealRaised e:
                happened.RevealRaised = new() { Level = e.Level };
                break;
            case Stored.CallStarted e:
                happened.CallStarted = new() { CallId = e.CallId, ByMemberId = e.ByMemberId, RingsUntil = Time(e.RingsUntil) };
                break;
            case Stored.CallAnswered e:
                happened.CallAnswered = new() { CallId = e.CallId, ByMemberId = e.ByMemberId };
                break;
            case Stored.CallEnded e:
                happened.CallEnded = new() { CallId = e.CallId, Reason = e.Reason, ByMemberId = e.ByMemberId };
                break;
            case Stored.MemberJoined e:
                happened.MemberJoined = new() { Member = new() { MemberId = e.MemberId, Nickname = e.Nickname, Owner = e.Opened is { Kind: Room.Types.Kind.Group } } };
                break;
            case Stored.MemberLeft e:
                happened.MemberLeft = new() { MemberId = e.MemberId, Reason = e.Reason };
                break;
            case Stored.RoomEnded e:
                happened.RoomEnded = new() { Reason = e.Reason, ByMemberId = e.ByMemberId };
                break;
            case Stored.RoomRenamed e:
                happened.RoomRenamed = new() { Name = e.Name, ByMemberId = e.ByMemberId };
                break;
            case Stored.OwnerChanged e:
                happened.OwnerChanged = new() { MemberId = e.MemberId };
                break;
            default:
                throw new ArgumentException($"{journaled.Descriptor.FullName} is not an event of a room.", nameof(journaled));
        }

        return happened;
    }

    /// <summary>A message as it stands.</summary>
    /// <param name="posted">The event that posted it.</param>
    /// <param name="post">What its events have made of it.</param>
    /// <param name="reader">The reading member: own messages carry their client id.</param>
    public static Message ToMessage(Stored.MessagePosted posted, Post post, MemberId reader) => new()
    {
        MessageId = post.MessageId.Value,
        Seq = post.Seq,
        At = Time(post.At),
        MemberId = post.Author.Value,
        Text = post.Removed ? "" : post.Text ?? posted.Text,
        Removed = post.Removed,
        EditedAt = post.EditedAt is { } editedAt ? Time(editedAt) : null,
        InReplyTo = posted.InReplyTo,
        ClientId = post.Author == reader ? posted.ClientId : "",
        Reactions = { post.Reactions.Select(r => new Reaction { Emoji = r.Key, MemberIds = { r.Value.Select(member => member.Value) } }) },
    };

    private static Timestamp Time(long unixMilliseconds) => Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds));
}
