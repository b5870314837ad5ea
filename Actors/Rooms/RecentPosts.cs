namespace WebChat.Actors.Rooms;

/// <summary>
/// The messages that a room has in memory: those posted, read or changed lately. A message with an event that is not on disk yet
/// stays, since the journal does not know that event. So a message that is not here can be read from the journal.
/// </summary>
internal sealed class RecentPosts
{
    private const int MaxPosts = 128;

    // A message of a large group may have 20,000 reactions, about 150 bytes each.
    private const int MaxReactions = 10_000;

    private readonly Dictionary<long, (Post? Post, long ChangedSeq)> _posts = [];
    private readonly Queue<long> _oldestFirst = [];
    private int _reactions;

    /// <summary>Finds a message by its seq. It is null if the event of this seq posts none.</summary>
    public bool TryGet(long seq, out Post? post)
    {
        var isKnown = _posts.TryGetValue(seq, out var known);
        post = known.Post;
        return isKnown;
    }

    /// <summary>Keeps a message, and forgets the oldest ones beyond the limits.</summary>
    /// <param name="seq">The message's seq.</param>
    /// <param name="post">The message as it stands after its newest event; null if the event of this seq posts none.</param>
    /// <param name="changedSeq">The seq of its newest event; 0 if the message comes from the journal.</param>
    /// <param name="durableSeq">The seq of the room's newest event that is on disk.</param>
    public void Set(long seq, Post? post, long changedSeq, long durableSeq)
    {
        if (!_posts.TryGetValue(seq, out var before))
            _oldestFirst.Enqueue(seq);
        _posts[seq] = (post, changedSeq);
        _reactions += ReactionsOf(post) - ReactionsOf(before.Post);
        while (_posts.Count > 1 && (_posts.Count > MaxPosts || _reactions > MaxReactions)
            && _posts[_oldestFirst.Peek()] is var oldest && oldest.ChangedSeq <= durableSeq)
        {
            _posts.Remove(_oldestFirst.Dequeue());
            _reactions -= ReactionsOf(oldest.Post);
        }
    }

    private static int ReactionsOf(Post? post) => post?.Reactions.Values.Sum(members => members.Count) ?? 0;
}
