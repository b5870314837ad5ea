using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Rooms;

/// <summary>A room's journal records as clients see them. User ids stay behind.</summary>
public static class RoomEvents
{
    /// <summary>The public event of a journal record.</summary>
    public static RoomEvent ToPublic(RoomId room, long seq, IMessage journaled)
    {
        var happened = new RoomEvent { RoomId = room.Value, Seq = seq };
        switch (journaled)
        {
            case Journal.V1.MessagePosted e:
                happened.At = Time(e.At);
                happened.MessagePosted = new()
                {
                    MessageId = e.MessageId,
                    MemberId = e.MemberId,
                    ClientId = e.ClientId,
                    Text = e.Text,
                    InReplyTo = e.InReplyTo,
                };
                break;
            case Journal.V1.MemberJoined e:
                happened.At = Time(e.At);
                happened.MemberJoined = new() { Member = new() { MemberId = e.MemberId, Nickname = e.Nickname } };
                break;
            case Journal.V1.MemberLeft e:
                happened.At = Time(e.At);
                happened.MemberLeft = new() { MemberId = e.MemberId, Reason = e.Reason };
                break;
            case Journal.V1.RoomEnded e:
                happened.At = Time(e.At);
                happened.RoomEnded = new() { Reason = e.Reason, ByMemberId = e.ByMemberId };
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
    public static Message ToMessage(long seq, Journal.V1.MessagePosted posted, MemberId reader) => new()
    {
        MessageId = posted.MessageId,
        Seq = seq,
        At = Time(posted.At),
        MemberId = posted.MemberId,
        Text = posted.Text,
        InReplyTo = posted.InReplyTo,
        ClientId = posted.MemberId == reader.Value ? posted.ClientId : "",
    };

    private static Timestamp Time(long unixMilliseconds) => Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds));
}
