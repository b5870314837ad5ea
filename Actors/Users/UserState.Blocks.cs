using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Users;

/// <content>Blocks.</content>
public sealed partial record UserState
{
    /// <summary>The most users that a user may block at once.</summary>
    public const int MaxBlocks = 1_000;

    /// <summary>The blocks, oldest first.</summary>
    public ImmutableList<Blocked> Blocks { get; private init; } = [];

    /// <summary>The blocked users.</summary>
    public ImmutableHashSet<UserId> BlockedUsers { get; private init; } = [];

    /// <summary>The pair rooms that may have a blocked partner.</summary>
    public IEnumerable<RoomId> PairsToPart => Blocks.IsEmpty ? [] : Rooms.Where(room => room.Kind == Room.Types.Kind.Pair).Select(room => new RoomId(room.RoomId));

    /// <summary>Blocks a user, unless blocked already.</summary>
    public Decision Block(RoomMember member, DateTimeOffset now)
    {
        if (Profile is null)
            return NoSuchUser;
        if (BlockedUsers.Contains(member.UserId))
            return Decision.Nothing;
        return Blocks.Count >= MaxBlocks
            ? Decision.Reject(ErrorCode.FailedPrecondition, $"You have reached the limit of {MaxBlocks} blocks. Remove a block first.")
            : Decision.Happens(new Blocked
            {
                At = now.ToUnixTimeMilliseconds(),
                BlockId = BlockId.New(now).Value,
                UserId = member.UserId.Value,
                Nickname = member.Nickname,
            });
    }

    /// <summary>Removes a block.</summary>
    public Decision Unblock(BlockId block, DateTimeOffset now) => Blocks.Find(made => made.BlockId == block.Value) is { } made
        ? Decision.Happens(new Unblocked { At = now.ToUnixTimeMilliseconds(), BlockId = made.BlockId, UserId = made.UserId })
        : Decision.Reject(ErrorCode.NotFound, "Unknown block.", "block_id");

    /// <summary>A block as its maker sees it.</summary>
    public static Block ToPublic(Blocked block) => new()
    {
        BlockId = block.BlockId,
        Nickname = block.Nickname,
        At = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(block.At)),
    };

    private UserState With(ImmutableList<Blocked> blocks) =>
        this with { Blocks = blocks, BlockedUsers = [.. blocks.Select(block => new UserId(block.UserId))] };
}
