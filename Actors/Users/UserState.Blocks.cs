using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Users;

/// <content>Whom the person does not want to meet.</content>
public sealed partial record UserState
{
    /// <summary>People whom a user may have blocked at once.</summary>
    public const int MaxBlocks = 1_000;

    /// <summary>Oldest first.</summary>
    public ImmutableList<Blocked> Blocks { get; private init; } = [];

    /// <summary>Whom the user has blocked.</summary>
    public ImmutableHashSet<UserId> BlockedUsers { get; private init; } = [];

    /// <summary>The rooms in which the user may be a pair with somebody blocked.</summary>
    public IEnumerable<RoomId> PairsToPart => Blocks.IsEmpty ? [] : Rooms.Where(room => room.Kind == Room.Types.Kind.Pair).Select(room => new RoomId(room.RoomId));

    /// <summary>Blocks somebody, unless that is so already.</summary>
    public Decision Block(RoomMember whom, DateTimeOffset now)
    {
        if (Profile is null)
            return NoSuchUser;
        if (BlockedUsers.Contains(whom.UserId))
            return Decision.Nothing;
        return Blocks.Count >= MaxBlocks
            ? Decision.Reject(ErrorCode.FailedPrecondition, $"You have blocked {MaxBlocks} people; take a block back first.")
            : Decision.Happens(new Blocked
            {
                At = now.ToUnixTimeMilliseconds(),
                BlockId = BlockId.New(now).Value,
                UserId = whom.UserId.Value,
                Nickname = whom.Nickname,
            });
    }

    /// <summary>Takes a block back.</summary>
    public Decision Unblock(BlockId block, DateTimeOffset now) => Blocks.Find(made => made.BlockId == block.Value) is { } made
        ? Decision.Happens(new Unblocked { At = now.ToUnixTimeMilliseconds(), BlockId = made.BlockId, UserId = made.UserId })
        : Decision.Reject(ErrorCode.NotFound, "There is no such block.", "block_id");

    /// <summary>What the user may know of a block.</summary>
    public static Block ToPublic(Blocked block) => new()
    {
        BlockId = block.BlockId,
        Nickname = block.Nickname,
        At = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(block.At)),
    };

    private UserState With(ImmutableList<Blocked> blocks) =>
        this with { Blocks = blocks, BlockedUsers = [.. blocks.Select(block => new UserId(block.UserId))] };
}
