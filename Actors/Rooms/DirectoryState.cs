using System.Collections.Immutable;
using Google.Protobuf;
using WebChat.Actors.Hosting;
using WebChat.Journal.V1;

namespace WebChat.Actors.Rooms;

/// <summary>The open rooms, in the order of their ids, which is that of their opening.</summary>
public sealed record DirectoryState(ImmutableSortedSet<string> Rooms) : IEntityState<DirectoryState>
{
    public static DirectoryState Initial { get; } = new(ImmutableSortedSet.Create<string>(StringComparer.Ordinal));

    /// <summary>Lists a room.</summary>
    public Decision List(RoomId room, DateTimeOffset now) => Rooms.Contains(room.Value)
        ? Decision.Nothing
        : Decision.Happens(new Listed { At = now.ToUnixTimeMilliseconds(), RoomId = room.Value });

    /// <summary>Takes a room off the list.</summary>
    public Decision Unlist(RoomId room, DateTimeOffset now) => Rooms.Contains(room.Value)
        ? Decision.Happens(new Unlisted { At = now.ToUnixTimeMilliseconds(), RoomId = room.Value })
        : Decision.Nothing;

    /// <summary>The rooms behind one, newest first.</summary>
    public DirectoryReplies.Page Page(RoomId? after, int size)
    {
        var end = Rooms.Count;
        if (after is { } last)
        {
            var index = Rooms.IndexOf(last.Value);
            end = index < 0 ? ~index : index;
        }

        var start = Math.Max(0, end - size);
        var page = new List<RoomId>(end - start);
        for (var i = end - 1; i >= start; i--)
            page.Add(new(Rooms[i]));
        return new(page, More: start > 0);
    }

    public DirectoryState Apply(IMessage journaled) => journaled switch
    {
        Listed e => new(Rooms.Add(e.RoomId)),
        Unlisted e => new(Rooms.Remove(e.RoomId)),
        _ => throw new ArgumentException($"{journaled.Descriptor.FullName} is not an event of the directory.", nameof(journaled)),
    };

    public static DirectoryState FromSnapshot(IMessage snapshot) =>
        new(((DirectorySnapshot)snapshot).Rooms.Select(listed => listed.RoomId).ToImmutableSortedSet(StringComparer.Ordinal));

    public ISnapshot ToSnapshot() => new DirectorySnapshot { Rooms = { Rooms.Select(room => new Listed { RoomId = room }) } };
}
