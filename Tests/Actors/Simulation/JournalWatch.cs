using Google.Protobuf;
using WebChat.Actors;
using WebChat.Actors.Persistence;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Journal.V1;

namespace WebChat.Tests.Actors.Simulation;

/// <summary>What is on disk, kept up with each write, and what must hold after each.</summary>
internal sealed class JournalWatch(Simulation simulation)
{
    private readonly Dictionary<string, long> _highest = [];
    private readonly Dictionary<(string Room, string ClientId), long> _posted = [];
    private readonly Dictionary<(string Room, string Member), UserId> _users = [];
    private readonly Dictionary<string, List<string>> _pairs = [];
    private readonly HashSet<(UserId By, UserId Of)> _blocks = [];
    private readonly HashSet<UserId> _erasures = [];

    /// <summary>By room, the users of the pairs that have neither ended nor are kept.</summary>
    public IReadOnlyDictionary<string, List<string>> ActivePairs => _pairs;

    /// <summary>The seq under which a member's message is on disk; null if it is not.</summary>
    public long? SeqOf(string room, string clientId) => _posted.TryGetValue((room, clientId), out var seq) ? seq : null;

    public bool IsOnDisk(string room, long seq) => seq <= _highest.GetValueOrDefault(PersistenceIds.Room(new(room)));

    public long LastSeq(string room) => _highest.GetValueOrDefault(PersistenceIds.Room(new(room)));

    public bool HasErasure(UserId user) => _erasures.Contains(user);

    public bool HasBlock(UserId by, UserId of) => _blocks.Contains((by, of));

    public UserId UserOf(string room, string member) => _users[(room, member)];

    /// <summary>A row has been written.</summary>
    public void Add(Row row)
    {
        var last = _highest.GetValueOrDefault(row.PersistenceId);
        simulation.Require(row.SequenceNumber == last + 1, $"{row.PersistenceId} has #{row.SequenceNumber} after #{last}");
        _highest[row.PersistenceId] = row.SequenceNumber;
        Note(row, Manifests.Parse(row.Manifest, row.Message));
    }

    private void Note(Row row, IMessage journaled)
    {
        var entity = row.PersistenceId[(row.PersistenceId.IndexOf('-') + 1)..];
        switch (journaled)
        {
            case MessagePosted posted:
                simulation.Require(_posted.TryAdd((entity, posted.ClientId), row.SequenceNumber), $"{posted.ClientId} is in {entity} twice");
                break;
            case MemberJoined joined:
                _users[(entity, joined.MemberId)] = new(joined.UserId);
                foreach (var other in _pairs.Where(pair => pair.Key != entity && pair.Value.Contains(joined.UserId)))
                    simulation.Fail($"{joined.UserId} is in the pairs {other.Key} and {entity}");
                if (!_pairs.TryGetValue(entity, out var users))
                    _pairs[entity] = users = [];
                users.Add(joined.UserId);
                break;
            case RoomEnded or RoomKept:
                _pairs.Remove(entity);
                break;
            case Blocked blocked:
                _blocks.Add((new(entity), new(blocked.UserId)));
                break;
            case ErasureRequested erasure:
                _erasures.Add(new(erasure.UserId));
                break;
        }
    }
}
