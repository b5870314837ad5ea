using WebChat.Actors.Users;

namespace WebChat.Actors.Rooms;

/// <summary>A present or former member of a room.</summary>
/// <param name="MemberId">The id that other members see.</param>
/// <param name="UserId">The user; never told to other members.</param>
/// <param name="Nickname">As it was on entering.</param>
/// <param name="Left">Whether the person left before the room's end.</param>
/// <param name="Removed">Whether the owner put the person out, for good.</param>
/// <param name="Erased">Whether the person's account is deleted, and nothing here that person's any more.</param>
/// <param name="Since">The seq at which the person came in, for the last time.</param>
public sealed record RoomMember(MemberId MemberId, UserId UserId, string Nickname, bool Left, bool Removed = false, bool Erased = false, long Since = 0);

/// <summary>A user that enters a room.</summary>
public sealed record Person(UserId UserId, string Nickname);
