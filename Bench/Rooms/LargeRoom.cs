using System.Globalization;
using Akka.Persistence.Journal;
using Google.Protobuf;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Encryption;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Bench.Journal;
using WebChat.Journal.V1;

namespace WebChat.Bench.Rooms;

/// <summary>A room of many messages in a journal, as its actor would have written it: the same decisions, encryption and tags.</summary>
internal sealed class LargeRoom
{
    private const int SinceSnapshot = 999;

    private readonly List<Person> _members = [];
    private RoomState _state = RoomState.Initial;
    private DateTimeOffset _now = DateTimeOffset.UtcNow.AddDays(-30);

    /// <summary>The room.</summary>
    public RoomId Id { get; } = RoomId.New(DateTimeOffset.UtcNow);

    /// <summary>A member of it.</summary>
    public UserId User => _members[0].UserId;

    /// <summary>The size of the room's snapshot.</summary>
    public int SnapshotBytes { get; private set; }

    /// <summary>The seqs of the changed messages, in order.</summary>
    public List<long> Changed { get; } = [];

    /// <summary>
    /// Writes the room: all messages but the last 999, the changes, spread evenly over them, a snapshot, and the last messages. A
    /// snapshot is never older than that.
    /// </summary>
    public static async Task<LargeRoom> Write(JournalFolder folder, RoomSize size)
    {
        using var database = new JournalDatabase(Options.Create(folder.Storage));
        await database.StartAsync(default);
        var keys = new PersonKeys(new PersonKeyTable(database), new SqliteLog(database));
        var room = new LargeRoom();
        for (var i = 1; i <= size.Members; i++)
            room._members.Add(new(UserId.New(room._now), $"Member {i}"));
        // A new key is written on another connection, which the writer's transaction would keep waiting.
        foreach (var member in room._members)
            keys.Of(member.UserId);
        using var writer = new Writer(folder, PersistenceIds.Room(room.Id), new(keys));
        room.Write(writer, size);
        return room;
    }

    private void Write(Writer writer, RoomSize size)
    {
        if (size.Members == 2)
        {
            Happen(writer, _state.Open(new RoomCommands.OpenPair(Id, _members[0], _members[1]), _now));
        }
        else
        {
            Happen(writer, _state.Open(new RoomCommands.OpenGroup(Id, _members[0], "Room", 1_000, true), _now));
            foreach (var member in _members.Skip(1))
                Happen(writer, _state.Join(new(Id, member), _now));
        }

        var posts = new List<Post>();
        var early = size.Messages - SinceSnapshot;
        for (var i = 0; i < early; i++)
        {
            var posted = Say(writer, i);
            if ((long)i * size.Changed / early != (i + 1L) * size.Changed / early)
                posts.Add(Post.Of(_state.LastSeq, posted));
        }

        foreach (var (i, post) in posts.Index())
        {
            Changed.Add(post.Seq);
            // As if it had been within the time for it.
            var author = _state.MemberOf(post.Author.Value).UserId;
            var then = DateTimeOffset.FromUnixTimeMilliseconds(post.At);
            Happen(writer, (i % 3) switch
            {
                0 => _state.Edit(new(Id, author, post.MessageId, new("It went well.")), post, then),
                1 => _state.React(new(Id, author, post.MessageId, new("👍"), true), post, then),
                _ => _state.Remove(new(Id, author, post.MessageId), post, then),
            });
        }

        var snapshot = _state.ToSnapshot();
        snapshot.At = _now.ToUnixTimeMilliseconds();
        SnapshotBytes = writer.WriteSnapshot(_state.LastSeq, snapshot, PersonOf);
        for (var i = early; i < size.Messages; i++)
            Say(writer, i);
    }

    private MessagePosted Say(Writer writer, int number)
    {
        _now += TimeSpan.FromMilliseconds(50);
        var text = new MessageText(string.Create(CultureInfo.InvariantCulture, $"Good morning! How did it go yesterday evening? {number}"));
        var decision = _state.Send(new(Id, _members[number % _members.Count].UserId, new(Guid.NewGuid().ToString()), text, ""), null, _now);
        Happen(writer, decision);
        return (MessagePosted)decision.Events[0];
    }

    private void Happen(Writer writer, Decision decision)
    {
        foreach (var journaled in decision.Events)
        {
            _state = _state.Apply(journaled);
            writer.Write(_state.LastSeq, journaled, PersonOf);
        }
    }

    private UserId PersonOf(IMessage part) => part switch
    {
        MemberJoined joined => new(joined.UserId),
        RoomSnapshot.Types.Member member => new(member.UserId),
        MessagePosted posted => _state.Persons[new(posted.MemberId)],
        MessageEdited edited => _state.Persons[new(edited.MemberId)],
        _ => throw new ArgumentException($"{part.Descriptor.FullName} has no owner.", nameof(part)),
    };

    /// <summary>Inserts rows in one transaction.</summary>
    private sealed class Writer : IDisposable
    {
        private readonly RoomTags _tags = new();
        private readonly string _persistenceId;
        private readonly PersonalDataCipher _cipher;
        private readonly SqliteConnection _connection;
        private readonly SqliteTransaction _transaction;
        private readonly SqliteCommand _event;
        private readonly SqliteCommand _tag;

        public Writer(JournalFolder folder, string persistenceId, PersonalDataCipher cipher)
        {
            _persistenceId = persistenceId;
            _cipher = cipher;
            _connection = folder.Open();
            _transaction = _connection.BeginTransaction();
            _event = Command($$"""
                INSERT INTO journal(created,deleted,persistence_id,sequence_number,message,manifest,identifier,writer_uuid)
                VALUES ({{DateTime.UtcNow.Ticks}},0,'{{persistenceId}}',$seq,$message,$manifest,{{JournalSerializer.Id}},'00000000000000000000000000000000')
                """, "$seq", "$message", "$manifest");
            _tag = Command($"INSERT INTO tags(ordering_id,tag,sequence_nr,persistence_id) VALUES (last_insert_rowid(),$tag,$seq,'{persistenceId}')", "$tag", "$seq");
        }

        public void Write(long seq, IMessage journaled, Func<IMessage, UserId> personOf)
        {
            var record = _cipher.Encrypt(journaled, personOf);
            (_event.Parameters[0].Value, _event.Parameters[1].Value, _event.Parameters[2].Value) = (seq, record.ToByteArray(), Manifests.Of(record.GetType()));
            _event.ExecuteNonQuery();
            if (!RoomTags.Events.Any(type => type.IsInstanceOfType(record)))
                return;
            foreach (var tag in ((Tagged)_tags.ToJournal(record)).Tags)
            {
                (_tag.Parameters[0].Value, _tag.Parameters[1].Value) = (tag, seq);
                _tag.ExecuteNonQuery();
            }
        }

        public int WriteSnapshot(long seq, IMessage snapshot, Func<IMessage, UserId> personOf)
        {
            var bytes = _cipher.Encrypt(snapshot, personOf).ToByteArray();
            using var command = Command(
                "INSERT INTO snapshot(persistence_id,sequence_number,created,snapshot,manifest,serializer_id) VALUES ($id,$seq,$created,$snapshot,$manifest,$serializer)",
                "$id", "$seq", "$created", "$snapshot", "$manifest", "$serializer");
            foreach (var (i, value) in ((object[])[_persistenceId, seq, DateTime.UtcNow.Ticks, bytes, Manifests.Of(snapshot.GetType()), JournalSerializer.Id]).Index())
                command.Parameters[i].Value = value;
            command.ExecuteNonQuery();
            return bytes.Length;
        }

        public void Dispose()
        {
            _transaction.Commit();
            _connection.Dispose();
        }

        private SqliteCommand Command(string text, params IEnumerable<string> parameters)
        {
            var command = _connection.CreateCommand();
            command.CommandText = text;
            command.Transaction = _transaction;
            foreach (var name in parameters)
                command.Parameters.AddWithValue(name, DBNull.Value);
            return command;
        }
    }
}
