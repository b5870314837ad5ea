using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Users;

/// <summary>A user: the profile and the user's rooms.</summary>
public sealed partial record UserState : IEntityState<UserState>
{
    /// <summary>The most group rooms that a user may be in at once.</summary>
    public const int MaxGroups = 20;

    private const int MaxRequested = 16;

    public static UserState Initial { get; } = new();

    /// <summary>The profile, not to be changed; null if the user does not exist.</summary>
    public Profile? Profile { get; private init; }

    /// <summary>The user's rooms, oldest first.</summary>
    public ImmutableList<RoomEntered> Rooms { get; private init; } = [];

    /// <summary>The ids of the rooms, oldest first.</summary>
    public IReadOnlyList<RoomId> RoomIds => [.. Rooms.Select(room => new RoomId(room.RoomId))];

    /// <summary>The last group rooms that were requested under an id of the client, oldest first.</summary>
    public ImmutableList<RoomRequested> Requested { get; private init; } = [];

    /// <summary>The pair that prevents another search; null if there is none.</summary>
    public RoomEntered? ActivePair => Rooms.Find(room => room.Kind == Room.Types.Kind.Pair && !room.Kept);

    /// <summary>Creates the profile, if there is none.</summary>
    public Decision Create(string nickname, DateTimeOffset now) => IsDeleted ? NoSuchUser
        : Profile is not null ? Decision.Nothing
        : Decision.Happens(new ProfileChanged { At = now.ToUnixTimeMilliseconds(), Profile = new() { Nickname = nickname } });

    /// <summary>Changes the named fields, if the profile is valid then (see <see cref="ProfileRules"/>).</summary>
    public Decision Update(Profile changed, IReadOnlyList<string> fields, DateTimeOffset now)
    {
        if (Profile is null)
            return NoSuchUser;
        if (fields.FirstOrDefault(name => Profile.Descriptor.FindFieldByName(name) is null or { FieldNumber: Profile.HasAvatarFieldNumber }) is { } unknown)
            return Decision.Reject(ErrorCode.InvalidArgument, $"update_mask has the unknown field '{unknown}'.", "update_mask");
        var next = Profile.Clone();
        new FieldMask { Paths = { fields } }.Merge(changed, next, new() { ReplacePrimitiveFields = true, ReplaceRepeatedFields = true });
        if (ProfileRules.Check(next, fields, Day(now)) is { } fault)
            return new Decision([], fault);
        return next.Equals(Profile)
            ? Decision.Nothing
            : Decision.Happens(new ProfileChanged { At = now.ToUnixTimeMilliseconds(), Profile = next });
    }

    /// <summary>The data for a search, or the reason why the user cannot search.</summary>
    public Decision Search(UserId user, DateTimeOffset now, out Seeker? seeker)
    {
        seeker = null;
        if (Profile is null)
            return NoSuchUser;
        if (Refusal(now) is { } refusal)
            return new Decision([], refusal);
        if (ProfileRules.Missing(Profile, Day(now)) is { } missing)
            return new Decision([], missing);
        if (ActivePair is not null)
            return Decision.Reject(ErrorCode.FailedPrecondition, "You cannot search while you are in a pair.");
        seeker = new()
        {
            UserId = user.Value,
            Nickname = Profile.Nickname,
            Gender = Profile.Gender,
            PreferredGenders = { Profile.PreferredGenders },
            Age = BirthDate.Parse(Profile.BirthDate).AgeOn(Day(now)),
            AgeMin = Profile.AgeMin,
            AgeMax = Profile.AgeMax,
            Languages = { Profile.Languages },
            Needs = { Profile.Needs },
            Interests = { Profile.Interests },
            Blocked = { Blocks.Select(block => block.UserId) },
        };
        return Decision.Nothing;
    }

    /// <summary>The room that was requested under an id of the client; null if there is none.</summary>
    public RoomId? RoomOf(ClientId? id) => Requested.Find(request => request.ClientId == id?.Value) is { } requested ? new(requested.RoomId) : null;

    /// <summary>Notes which room was requested under an id of the client, if there is an id.</summary>
    public Decision Request(ClientId? id, RoomId room, DateTimeOffset now) => id is null || RoomOf(id) is not null
        ? Decision.Nothing
        : Decision.Happens(new RoomRequested { At = now.ToUnixTimeMilliseconds(), ClientId = id.Value.Value, RoomId = room.Value });

    /// <summary>Checks that the user may enter one more group room.</summary>
    public Decision EnterGroup(RoomId room)
    {
        if (Profile is null)
            return NoSuchUser;
        return !IsIn(room) && Rooms.Count(r => r.Kind == Room.Types.Kind.Group) >= MaxGroups
            ? Decision.Reject(ErrorCode.FailedPrecondition, $"You have reached the limit of {MaxGroups} group rooms. Leave one first.")
            : Decision.Nothing;
    }

    /// <summary>Notes that the user is in a room.</summary>
    public Decision Enter(RoomId room, Room.Types.Kind kind, DateTimeOffset now) => IsDeleted || IsIn(room)
        ? Decision.Nothing
        : Decision.Happens(new RoomEntered { At = now.ToUnixTimeMilliseconds(), RoomId = room.Value, Kind = kind });

    /// <summary>Notes that a pair is kept.</summary>
    public Decision Keep(RoomId room, DateTimeOffset now) => Rooms.Find(r => r.RoomId == room.Value) is { Kept: false } entered
        ? Decision.Happens(new RoomEntered(entered) { At = now.ToUnixTimeMilliseconds(), Kept = true })
        : Decision.Nothing;

    /// <summary>Notes how far the user has read rooms; no position is taken back.</summary>
    public Decision Read(IEnumerable<KeyValuePair<RoomId, long>> positions, DateTimeOffset now) => Decision.Happens(
    [
        .. from position in positions
           where Rooms.Any(room => room.RoomId == position.Key.Value && room.ReadSeq < position.Value)
           select new RoomRead { At = now.ToUnixTimeMilliseconds(), RoomId = position.Key.Value, Seq = position.Value },
    ]);

    /// <summary>Notes that the user has left a room.</summary>
    public Decision Exit(RoomId room, DateTimeOffset now) => IsIn(room)
        ? Decision.Happens(new RoomExited { At = now.ToUnixTimeMilliseconds(), RoomId = room.Value })
        : Decision.Nothing;

    /// <summary>The answer of a user that does not exist.</summary>
    public static Decision NoSuchUser { get; } = Decision.Reject(ErrorCode.NotFound, "Unknown user.");

    public UserState Apply(IMessage journaled) => journaled switch
    {
        ProfileChanged e => this with { Profile = e.Profile },
        RoomRequested e => this with { Requested = Requested.RemoveRange(0, Requested.Count == MaxRequested ? 1 : 0).Add(e) },
        RoomEntered e => Entered(e),
        RoomRead e => Entered(new(Rooms.Find(room => room.RoomId == e.RoomId)!) { ReadSeq = e.Seq }),
        UserDeleted => Deleted(),
        RoomExited e => this with { Rooms = Rooms.RemoveAll(room => room.RoomId == e.RoomId) },
        Blocked e => With(Blocks.Add(e)),
        Banned e => WithBan(e.Until),
        Unbanned => WithBan(0),
        PushSubscribed e => Subscribed(e),
        PushUnsubscribed e => this with { Pushes = Pushes.RemoveAll(push => push.LoginId == e.LoginId) },
        Unblocked e => With(Blocks.RemoveAll(block => block.BlockId == e.BlockId)),
        _ => throw new ArgumentException($"{journaled.Descriptor.FullName} is not an event of a user.", nameof(journaled)),
    };

    public static UserState FromSnapshot(IMessage snapshot)
    {
        var from = (UserSnapshot)snapshot;
        return new UserState { Profile = from.Profile, Rooms = [.. from.Rooms], Pushes = [.. from.Pushes], Requested = [.. from.Requested], IsDeleted = from.Deleted }.With([.. from.Blocks]).WithBan(from.BannedUntil);
    }

    public ISnapshot ToSnapshot() => new UserSnapshot
    {
        Profile = Profile,
        Rooms = { Rooms },
        Blocks = { Blocks },
        Pushes = { Pushes },
        BannedUntil = BannedUntil?.ToUnixTimeMilliseconds() ?? 0,
        Deleted = IsDeleted,
        Requested = { Requested },
    };

    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private UserState Entered(RoomEntered entered) =>
        this with { Rooms = Rooms.FindIndex(room => room.RoomId == entered.RoomId) is >= 0 and var index ? Rooms.SetItem(index, entered) : Rooms.Add(entered) };

    private bool IsIn(RoomId room) => Rooms.Any(r => r.RoomId == room.Value);
}
