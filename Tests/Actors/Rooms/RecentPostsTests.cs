using WebChat.Actors.Rooms;
using WebChat.Journal.V1;

namespace WebChat.Tests.Actors.Rooms;

public sealed class RecentPostsTests
{
    private readonly RecentPosts _posts = new();

    [Fact]
    public void The_oldest_messages_are_forgotten_when_there_are_many()
    {
        for (var seq = 1; seq <= 1_000; seq++)
            _posts.Set(seq, Post(seq), changedSeq: seq, durableSeq: seq);

        Assert.InRange(Enumerable.Range(1, 1_000).Count(seq => _posts.TryGet(seq, out _)), 100, 200);
        Assert.True(_posts.TryGet(1_000, out _));
        Assert.False(_posts.TryGet(1, out _));
    }

    [Fact]
    public void A_message_stays_until_its_newest_event_is_on_disk()
    {
        for (var seq = 1; seq <= 1_000; seq++)
            _posts.Set(seq, Post(seq), changedSeq: seq, durableSeq: 0);
        Assert.True(_posts.TryGet(1, out _));

        _posts.Set(1, Post(1), changedSeq: 1_001, durableSeq: 1_000);
        Assert.True(_posts.TryGet(1, out _));

        _posts.Set(1_002, Post(1_002), changedSeq: 1_002, durableSeq: 1_001);
        Assert.False(_posts.TryGet(1, out _));
        Assert.False(_posts.TryGet(500, out _));
    }

    [Fact]
    public void Messages_with_many_reactions_leave_room_for_fewer_others()
    {
        var popular = Post(1);
        for (var i = 0; i < 12_000; i++)
            popular = popular.Apply(new ReactionChanged { MemberId = $"{i}", Emoji = "👍", On = true });

        _posts.Set(2, Post(2), changedSeq: 0, durableSeq: 2);
        _posts.Set(1, popular, changedSeq: 0, durableSeq: 2);
        Assert.True(_posts.TryGet(1, out _));
        Assert.False(_posts.TryGet(2, out _));

        _posts.Set(3, Post(3), changedSeq: 3, durableSeq: 3);
        Assert.False(_posts.TryGet(1, out _));
        Assert.True(_posts.TryGet(3, out _));
    }

    [Fact]
    public void That_an_event_posts_no_message_is_known_as_well()
    {
        _posts.Set(1, null, changedSeq: 0, durableSeq: 1);

        Assert.True(_posts.TryGet(1, out var post));
        Assert.Null(post);
    }

    private static Post Post(long seq) => new(seq, 0, new("member"));
}
