using System.Collections.Immutable;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using WebChat.Journal.V1;

namespace WebChat.Actors.Rooms;

/// <summary>What a room remembers of a sent message: enough to acknowledge it again.</summary>
/// <param name="ClientKey">A 64-bit hash of the client id.</param>
/// <param name="Seq">The seq of the message.</param>
/// <param name="At">When it was posted, in Unix milliseconds.</param>
public readonly record struct SentMessage(ulong ClientKey, long Seq, long At);

/// <summary>
/// The last messages of one member, oldest first. Client ids are kept as hashes, so that a room of 1,000 members stays small.
/// Only ids of one member are compared: two of its last <see cref="Kept"/> collide once in 10^17 messages.
/// </summary>
public sealed class SentMessages
{
    /// <summary>Messages that are kept of each member. A session may have as many unacknowledged.</summary>
    public const int Kept = 64;

    /// <summary>Of a member that has sent nothing.</summary>
    public static readonly SentMessages None = new([]);

    private readonly ImmutableArray<SentMessage> _messages;

    private SentMessages(ImmutableArray<SentMessage> messages) => _messages = messages;

    /// <summary>The message that was sent under a client id; null if it is not among the last.</summary>
    public SentMessage? Find(string clientId)
    {
        var key = KeyOf(clientId);
        foreach (var sent in _messages)
        {
            if (sent.ClientKey == key)
                return sent;
        }

        return null;
    }

    /// <summary>How many of the messages are behind a seq.</summary>
    public int CountAfter(long seq) => _messages.Count(sent => sent.Seq > seq);

    /// <summary>With one more message, in place of the oldest if there are enough.</summary>
    public SentMessages Add(string clientId, long seq, long at)
    {
        var kept = _messages.AsSpan()[(_messages.Length < Kept ? 0 : 1)..];
        return new([.. kept, new(KeyOf(clientId), seq, at)]);
    }

    /// <summary>Reads what <see cref="ToSnapshot"/> wrote.</summary>
    public static SentMessages FromSnapshot(RoomSnapshot.Types.Sent from)
    {
        var messages = new SentMessage[from.ClientKeys.Count];
        var (seq, at) = (0L, 0L);
        for (var i = 0; i < messages.Length; i++)
            messages[i] = new(from.ClientKeys[i], seq += from.Seqs[i], at += from.Times[i]);
        return new(ImmutableCollectionsMarshal.AsImmutableArray(messages));
    }

    /// <summary>The messages for a snapshot.</summary>
    public RoomSnapshot.Types.Sent ToSnapshot(MemberId member)
    {
        var snapshot = new RoomSnapshot.Types.Sent { MemberId = member.Value };
        var before = default(SentMessage);
        foreach (var sent in _messages)
        {
            snapshot.ClientKeys.Add(sent.ClientKey);
            snapshot.Seqs.Add(sent.Seq - before.Seq);
            snapshot.Times.Add(sent.At - before.At);
            before = sent;
        }

        return snapshot;
    }

    private static ulong KeyOf(string clientId) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(clientId.AsSpan()));
}
