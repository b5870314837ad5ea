using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using WebChat.Actors.Hosting;
using WebChat.Actors.Telemetry;
using WebChat.Actors.Users;
using Stored = WebChat.Journal.V1;

namespace WebChat.Actors.Rooms;

/// <content>
/// Messages. A command that names a message which is not in memory waits, stashed, until the message has been read from the
/// journal, and is decided then; the room goes on meanwhile. Later messages and changes of the same user wait behind it, so that
/// each user's keep their order.
/// </content>
public sealed partial class RoomActor
{
    private const int MaxRead = 64;

    private static readonly Decision Unreadable = Decision.Reject(ErrorCode.Unavailable, "The message cannot be read now; please try again.");

    private readonly RecentPosts _posts = new();
    private readonly HashSet<UserId> _waiting = [];
    private readonly HashSet<long> _wanted = [];
    private readonly CancellationTokenSource _stopped = new();

    // The seqs that are being read; null if none are. One read at a time takes all that was wanted during the one before.
    private long[]? _reading;

    // The spans of the traced messages that are being persisted, by seq; null if there was none yet.
    private Dictionary<long, Activity>? _spans;

    // Whether the last read failed, and the commands that waited for it are being refused.
    private bool _refuses;

    private void ReceiveMessages()
    {
        Command<RoomCommands.Send>(c => Decide(c, c.UserId, c.InReplyTo, replied => State.Send(c, replied, Now), () =>
        {
            var sent = Durable.SentAs(c.UserId, c.ClientId)!.Value;
            return new RoomReplies.Posted(_id, sent.Seq, MessageId.Of(sent.At, sent.Seq), DateTimeOffset.FromUnixTimeMilliseconds(sent.At));
        }));
        Command<RoomCommands.Edit>(c => Change(c, c.UserId, c.MessageId, post => State.Edit(c, post, Now)));
        Command<RoomCommands.Remove>(c => Change(c, c.UserId, c.MessageId, post => State.Remove(c, post, Now)));
        Command<RoomCommands.React>(c => Change(c, c.UserId, c.MessageId, post => State.React(c, post, Now)));
        Command<PostsRead>(Take);
        Command<PostsUnread>(DoWithout);
        Command<ReadAgain>(_ => _refuses = false);
    }

    private void Change(RoomRequest command, UserId user, MessageId message, Func<Post?, Decision> decide)
    {
        var at = Now;
        Decide(command, user, message.Value, decide, () => new RoomReplies.Changed(_id, Durable.LastSeq, message.Value, at));
    }

    private void Decide(RoomRequest command, UserId user, string message, Func<Post?, Decision> decide, Func<Reply> reply)
    {
        Seen(user);
        Post? post = null;
        var isKnown = message.Length == 0 || !State.MayAct(user) || TryFind(message, out post);
        if ((!isKnown && !_refuses) || _waiting.Contains(user))
        {
            _waiting.Add(user);
            Stash.Stash();
            ReadWanted();
            return;
        }

        var decision = isKnown ? decide(post) : Unreadable;
        Carry(command, decision, reply);
        if (decision.Events is [var journaled])
        {
            var changed = journaled is Stored.MessagePosted ? State.LastMessage!.Value.Post : post!.Apply(journaled);
            _posts.Set(changed.Seq, changed, State.LastSeq, Durable.LastSeq);
            if (command is RoomCommands.Send { Trace: { } trace } && ChatTrace.Begin("persist message", ActivityKind.Internal, trace) is { } span)
                (_spans ??= []).Add(changed.Seq, span.SetTag("webchat.room.id", _id.Value));
        }
    }

    // The id of the span that has persisted the newest message; null if it is not traced.
    private string? EndSpan()
    {
        if (_spans is null || !_spans.Remove(Durable.LastSeq, out var span))
            return null;
        ChatTrace.End(span);
        return span.Id;
    }

    // Null is known as well: there is no such message.
    private bool TryFind(string message, out Post? post)
    {
        post = null;
        if (!MessageId.TryParse(message, out var id) || id.Seq < 1 || id.Seq > State.LastSeq)
            return true;
        var seq = id.Seq;
        if (_posts.TryGet(seq, out var found))
        {
            post = found?.MessageId == id ? State.Standing(found) : null;
            return true;
        }

        if (!_refuses && _reading?.Contains(seq) != true)
            _wanted.Add(seq);
        return false;
    }

    private void ReadWanted()
    {
        if (_reading is not null || _wanted.Count == 0)
            return;
        long[] seqs = [.. _wanted.Take(MaxRead)];
        _reading = seqs;
        // Those beyond the limit are wanted again when their commands come back from the stash.
        _wanted.Clear();
        _history.ReadPosts(_id, seqs, _stopped.Token).PipeTo(Self, success: posts => new PostsRead(seqs, posts), failure: cause => new PostsUnread(seqs, cause));
    }

    private void Take(PostsRead read)
    {
        // What an earlier incarnation of this actor asked for may be out of date.
        if (read.Seqs != _reading)
            return;
        foreach (var seq in read.Seqs)
            _posts.Set(seq, read.Posts.GetValueOrDefault(seq), changedSeq: 0, Durable.LastSeq);
        ComeBack();
    }

    private void DoWithout(PostsUnread unread)
    {
        if (unread.Seqs != _reading)
            return;
        Log.Warning(unread.Cause, "Messages of room {0} cannot be read", _id);
        _refuses = true;
        ComeBack();
        // Comes behind the commands that leave the stash now.
        Self.Tell(ReadAgain.Instance);
    }

    private void ComeBack()
    {
        _reading = null;
        if (_refuses)
            _wanted.Clear();
        ReadWanted();
        _waiting.Clear();
        Stash.UnstashAll();
    }

    private sealed record PostsRead(long[] Seqs, IReadOnlyDictionary<long, Post> Posts) : INoSerializationVerificationNeeded;

    private sealed record PostsUnread(long[] Seqs, Exception Cause) : INoSerializationVerificationNeeded;

    private sealed record ReadAgain : INoSerializationVerificationNeeded { public static readonly ReadAgain Instance = new(); }
}
