using System.Globalization;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using WebChat.Actors.Persistence.Encryption;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;
using MemberJoined = WebChat.Journal.V1.MemberJoined;
using MemberLeft = WebChat.Journal.V1.MemberLeft;
using MessagePosted = WebChat.Journal.V1.MessagePosted;
using RoomEntered = WebChat.Journal.V1.RoomEntered;

namespace WebChat.Actors.Persistence;

/// <summary>Reads the history of rooms from the journal's table, on connections of its own that never block the writer.</summary>
public sealed class RoomHistory(JournalDatabase database, PersonalDataCipher cipher)
{
    private const int RowsPerRead = 200;

    // Messages and their changes, which are tagged with the message's seq: newest message first, each before its changes. SQLite takes
    // the tables of a CROSS JOIN in the order in which they stand; of others it would read all tags of the room first.
    private const string SelectMessages = """
        WITH posts AS MATERIALIZED (
            SELECT sequence_number, manifest, message FROM journal
            WHERE persistence_id = @room AND manifest = @posted AND {0})
        SELECT sequence_number AS post, sequence_number, manifest, message FROM posts
        UNION ALL
        SELECT posts.sequence_number, change.sequence_number, change.manifest, change.message
        FROM posts CROSS JOIN tags CROSS JOIN journal change
        WHERE tags.persistence_id = @room AND tags.tag = CAST(posts.sequence_number AS text) AND change.ordering = tags.ordering_id
        ORDER BY 1 DESC, 2
        """;

    /// <summary>The query of a page of messages.</summary>
    internal static readonly string SelectPage = string.Format(
        CultureInfo.InvariantCulture, SelectMessages, "sequence_number < @before ORDER BY sequence_number DESC LIMIT @limit");

    /// <summary>The public events with <paramref name="after"/> &lt; seq ≤ <paramref name="upTo"/>, in order, as they come from disk.</summary>
    public async IAsyncEnumerable<RoomEvent> ReadEvents(RoomId room, long after, long upTo, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (after < upTo)
        {
            var page = await ReadPage(room, after, upTo, cancellation).ConfigureAwait(false);
            if (page.Count == 0)
                yield break;
            foreach (var happened in page)
                yield return happened;
            after = page[^1].Seq;
        }
    }

    /// <summary>A page of messages before a seq, newest first, as they stand now.</summary>
    /// <param name="room">The room.</param>
    /// <param name="before">Only messages with a smaller seq; <see cref="long.MaxValue"/> for the newest.</param>
    /// <param name="size">The most messages that the page may have.</param>
    /// <param name="reader">The reading member: own messages carry their client id.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<ListMessagesResponse> ListMessages(RoomId room, long before, int size, MemberId reader, CancellationToken cancellation)
    {
        var found = await ReadMessages(SelectPage, room, cancellation, ("@before", before), ("@limit", size + 1)).ConfigureAwait(false);
        return new()
        {
            Messages = { found.Take(size).Select(message => RoomEvents.ToMessage(message.Posted, message.Post, reader)) },
            NextBeforeSeq = found.Count > size ? found[size - 1].Post.Seq : 0,
        };
    }

    /// <summary>By seq, those of some events that posted messages, as the messages stand now.</summary>
    public async Task<IReadOnlyDictionary<long, Post>> ReadPosts(RoomId room, IEnumerable<long> seqs, CancellationToken cancellation)
    {
        var query = string.Format(CultureInfo.InvariantCulture, SelectMessages, $"sequence_number IN ({string.Join(',', seqs)})");
        var found = await ReadMessages(query, room, cancellation).ConfigureAwait(false);
        return found.ToDictionary(message => message.Post.Seq, message => message.Post);
    }

    /// <summary>The member as which a user may read a room's history, by the rule of <see cref="RoomState.Reader"/>, or the rejection.</summary>
    public Task<(MemberId Reader, Rejection? Refusal)> FindReader(RoomId room, UserId user, CancellationToken cancellation) => database.Read<(MemberId, Rejection?)>(
        """
        SELECT 1, message, manifest FROM journal WHERE persistence_id = @room AND sequence_number = 1
        UNION ALL
        SELECT 2, message, manifest FROM journal WHERE ordering =
            (SELECT ordering_id FROM tags WHERE persistence_id = @room AND tag = @user ORDER BY ordering_id DESC LIMIT 1)
        ORDER BY 1
        """,
        async rows =>
        {
            if (!await rows.ReadAsync(cancellation).ConfigureAwait(false))
                return (default, RoomState.NoSuchRoom.Rejection);
            var isPair = ((MemberJoined)Manifests.Parse(rows.GetString(2), rows.GetFieldValue<byte[]>(1))).Opened.Kind == Room.Types.Kind.Pair;
            if (!await rows.ReadAsync(cancellation).ConfigureAwait(false))
                return (default, RoomState.NotAMember.Rejection);
            return Manifests.Parse(rows.GetString(2), rows.GetFieldValue<byte[]>(1)) switch
            {
                MemberJoined joined => (new MemberId(joined.MemberId), null),
                MemberLeft left when isPair => (new MemberId(left.MemberId), null),
                _ => (default, RoomState.NotAMember.Rejection),
            };
        },
        cancellation,
        ("@room", PersistenceIds.Room(room)), ("@user", user.Value));

    /// <summary>The rooms that a user is or was in.</summary>
    public Task<IReadOnlyList<RoomId>> RoomsOf(UserId user, CancellationToken cancellation) => database.Read<IReadOnlyList<RoomId>>(
        "SELECT message FROM journal WHERE persistence_id = @user AND manifest = @manifest ORDER BY sequence_number",
        async rows =>
        {
            var found = new List<RoomId>();
            while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
                found.Add(new(RoomEntered.Parser.ParseFrom(rows.GetFieldValue<byte[]>(0)).RoomId));
            return [.. found.Distinct()];
        },
        cancellation,
        ("@user", PersistenceIds.User(user)), ("@manifest", Manifests.RoomEnteredManifest));

    private Task<List<RoomEvent>> ReadPage(RoomId room, long after, long upTo, CancellationToken cancellation) => database.Read(
        """
        SELECT sequence_number, manifest, message FROM journal
        WHERE persistence_id = @room AND sequence_number > @after AND sequence_number <= @upTo
        ORDER BY sequence_number LIMIT @limit
        """,
        async rows =>
        {
            var page = new List<RoomEvent>();
            while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
                page.Add(RoomEvents.ToPublic(room, rows.GetInt64(0), Opened(Manifests.Parse(rows.GetString(1), rows.GetFieldValue<byte[]>(2)))));
            return page;
        },
        cancellation,
        ("@room", PersistenceIds.Room(room)), ("@after", after), ("@upTo", upTo), ("@limit", RowsPerRead));

    private Task<List<(MessagePosted Posted, Post Post)>> ReadMessages(
        string query, RoomId room, CancellationToken cancellation, params IEnumerable<(string, object)> parameters) => database.Read(
        query,
        async rows =>
        {
            var found = new List<(MessagePosted Posted, Post Post)>();
            while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
            {
                var record = Opened(Manifests.Parse(rows.GetString(2), rows.GetFieldValue<byte[]>(3)));
                if (record is MessagePosted posted)
                    found.Add((posted, Post.Of(rows.GetInt64(1), posted)));
                else
                    found[^1] = found[^1] with { Post = found[^1].Post.Apply(record) };
            }

            return found;
        },
        cancellation,
        [("@room", PersistenceIds.Room(room)), ("@posted", Manifests.MessagePostedManifest), .. parameters]);

    private IMessage Opened(IMessage record)
    {
        cipher.Decrypt(record);
        return record;
    }
}
