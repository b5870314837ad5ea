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
                    MessageId = e.MessageId,
                    MemberId = e.MemberId,
                    ClientId = e.ClientId,
                    Text = e.Text,
                    InReplyTo = e.InReplyTo,
                    Removed = !e.Sealed.IsEmpty,
                };
                break;
            case Stored.MessageEdited { Sealed.IsEmpty: false } e:
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

    /// <summary>A message as it stands in history.</summary>
    /// <param name="seq">Its seq.</param>
    /// <param name="posted">What the journal has of it.</param>
    /// <param name="reader">Whose own messages carry their client id.</param>
    public static Message ToMessage(long seq, Stored.MessagePosted posted, MemberId reader) => new()
    {
        MessageId = posted.MessageId,
        Seq = seq,
        At = Time(posted.At),
        MemberId = posted.MemberId,
        Text = posted.Text,
        Removed = !posted.Sealed.IsEmpty,
        InReplyTo = posted.InReplyTo,
        ClientId = posted.MemberId == reader.Value ? posted.ClientId : "",
    };

    /// <summary>Lays what has changed since over a message of history.</summary>
    public static void Overlay(Message message, Post post)
    {
        message.Removed |= post.Removed;
        message.Text = message.Removed ? "" : post.Text ?? message.Text;
        message.EditedAt = post.EditedAt is { } editedAt ? Timestamp.FromDateTimeOffset(editedAt) : null;
        message.Reactions.Add(post.Reactions.Select(r => new Reaction { Emoji = r.Key, MemberIds = { r.Value.Select(member => member.Value) } }));
    }

    private static Timestamp Time(long unixMilliseconds) => Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds));
}
