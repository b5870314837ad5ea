using System.Collections;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Accounts.Erasure;
using WebChat.Actors.Accounts.Guests;
using WebChat.Actors.Hosting;
using WebChat.Actors.Matching;
using WebChat.Actors.Moderation;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Encryption;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Tests.Actors.Simulation;

/// <summary>What must hold when the faults have ended and everything has come to rest.</summary>
internal sealed class FinalCheck
{
    private readonly Simulation _simulation;
    private readonly PersonalDataCipher _cipher;
    private readonly ILookup<string, IMessage> _events;
    private readonly MatcherState _matcher;
    private readonly Dictionary<string, RoomState> _rooms;
    private readonly Dictionary<string, UserState> _users;

    private FinalCheck(Simulation simulation)
    {
        _simulation = simulation;
        _cipher = simulation.Machine.Services.GetRequiredService<PersonalDataCipher>();
        _events = simulation.Disk.ReadAll().ToLookup(row => row.PersistenceId, Open);
        _matcher = Replay<MatcherState>(PersistenceIds.Matcher);
        _rooms = ReplayAll<RoomState>("room-");
        _users = ReplayAll<UserState>("user-");
    }

    public static void Run(Simulation simulation)
    {
        var check = new FinalCheck(simulation);
        check.ReplayGivesWhatIsInMemory();
        check.SnapshotsGiveTheSame();
        check.MatchesAreOpenedOrUndone();
        check.SearchesHaveEnded();
        check.UsersAndRoomsAgree();
        check.AccountsAreErased();
        foreach (var member in simulation.Members)
            check.IsAtRest(member);
    }

    private void ReplayGivesWhatIsInMemory()
    {
        foreach (var (id, durable, newest) in _simulation.Machine.Entities.States)
        {
            var replayed = Canonical(ReplayOf(id)(0, null));
            Require(Canonical(durable) == replayed, $"{id} has in memory\n{Canonical(durable)}\nand on disk\n{replayed}");
            Require(Canonical(newest) == replayed, $"{id} has decided\n{Canonical(newest)}\nand on disk is\n{replayed}");
        }
    }

    private void SnapshotsGiveTheSame()
    {
        foreach (var id in _events.Select(events => events.Key))
        {
            foreach (var saved in _simulation.Disk.Snapshots(id))
            {
                var (whole, recovered) = (Canonical(ReplayOf(id)(0, null)), Canonical(ReplayOf(id)((int)saved.SequenceNumber, Open(saved))));
                Require(whole == recovered, $"{id} recovers from its snapshot at #{saved.SequenceNumber} as\n{recovered}\nand from its events as\n{whole}");
            }
        }
    }

    private void MatchesAreOpenedOrUndone()
    {
        Require(_matcher.Pairs.IsEmpty, $"{string.Join(", ", _matcher.Pairs.Keys)} are still being opened");
        foreach (var paired in _events[PersistenceIds.Matcher].OfType<Paired>())
            Require(_rooms.GetValueOrDefault(paired.RoomId)?.Members.Count == 2, $"{paired.RoomId} was never opened for two");
        foreach (var (room, users) in _simulation.Journal.ActivePairs)
            Require(!users.Any(by => users.Any(of => _simulation.Journal.HasBlock(new(by), new(of)))), $"{room} is a pair with a block");
    }

    private void SearchesHaveEnded() => Require(_matcher.Count == 0, $"{string.Join(", ", _matcher.Pool.People.Concat(_matcher.Paused.Values).Select(person => person.Seeker.UserId))} still search");

    private void UsersAndRoomsAgree()
    {
        foreach (var (id, user) in _users)
        {
            foreach (var room in user.IsDeleted ? [] : user.RoomIds)
                Require(_rooms[room.Value] is { Ended: false } open && open.PresentMember(new(id)) is not null, $"{id} believes to be in {room}");
        }

        foreach (var (id, room) in _rooms.Where(room => !room.Value.Ended))
        {
            foreach (var member in room.Present)
                Require(_users[member.UserId.Value].RoomIds.Contains(new(id)), $"{member.UserId} does not know to be in {id}");
        }
    }

    private void AccountsAreErased() => Require(Replay<ErasureState>(PersistenceIds.Erasures).Open.IsEmpty, "an erasure has not ended");

    private void IsAtRest(Member member)
    {
        foreach (var (room, seq, clientId) in member.Acknowledged)
            Require(_simulation.Journal.SeqOf(room, clientId) == seq, $"{clientId} was acknowledged, and is lost");
        if (!member.Returns || member.IsGone)
            return;
        Require(member.IsConnected, $"{member.Name} is not connected");
        Require(member.Unanswered.Count == 0, $"{member.Name} has no answer for {string.Join(", ", member.Unanswered.Keys)}");
        Require(member.Search != SearchState.Types.State.Waiting, $"{member.Name} believes to be searching");
        foreach (var (room, known) in member.Rooms.Where(room => !room.Value.IsOver))
            Require(known.Cursor == _simulation.Journal.LastSeq(room), $"{member.Name} has seen {room} to #{known.Cursor}, and it goes to #{_simulation.Journal.LastSeq(room)}");
    }

    private Func<int, IMessage?, ISnapshot> ReplayOf(string id) => id.Split('-')[0] switch
    {
        "account" => (from, snapshot) => Replay<AccountState>(id, from, snapshot).ToSnapshot(),
        "user" => (from, snapshot) => Replay<UserState>(id, from, snapshot).ToSnapshot(),
        "matcher" => (from, snapshot) => Replay<MatcherState>(id, from, snapshot).ToSnapshot(),
        "reports" => (from, snapshot) => Replay<ReportsState>(id, from, snapshot).ToSnapshot(),
        "guests" => (from, snapshot) => Replay<GuestsState>(id, from, snapshot).ToSnapshot(),
        "erasures" => (from, snapshot) => Replay<ErasureState>(id, from, snapshot).ToSnapshot(),
        _ when id == PersistenceIds.Directory => (from, snapshot) => Replay<DirectoryState>(id, from, snapshot).ToSnapshot(),
        _ => (from, snapshot) => Replay<RoomState>(id, from, snapshot).ToSnapshot(),
    };

    private Dictionary<string, TState> ReplayAll<TState>(string prefix) where TState : IEntityState<TState> =>
        _events.Where(events => events.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(events => events.Key[prefix.Length..], events => Replay<TState>(events.Key));

    private TState Replay<TState>(string id, int from = 0, IMessage? snapshot = null) where TState : IEntityState<TState> =>
        _events[id].Skip(from).Aggregate(snapshot is null ? TState.Initial : TState.FromSnapshot(snapshot), (state, journaled) => state.Apply(journaled));

    private IMessage Open(Row row)
    {
        var record = Manifests.Parse(row.Manifest, row.Message);
        _cipher.Decrypt(record);
        return record;
    }

    private void Require(bool condition, string otherwise) => _simulation.Require(condition, otherwise);

    // The order in dictionaries is that of hashes, which differs from process to process. Each encryption gives other bytes.
    private static string Canonical(object? value) => value switch
    {
        null => "",
        ByteString bytes => bytes.IsEmpty ? "" : "bytes",
        IMessage message => $"{{{string.Join(' ', message.Descriptor.Fields.InDeclarationOrder().Select(field => (field.Name, Value: Canonical(field.Accessor.GetValue(message)))).Where(field => field.Value is not ("" or "0" or "False" or "[]")).Select(field => $"{field.Name}:{field.Value}"))}}}",
        IList list => $"[{string.Join(' ', list.Cast<object>().Select(Canonical).Order(StringComparer.Ordinal))}]",
        _ => $"{value}",
    };
}
