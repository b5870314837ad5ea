using WebChat.Actors.Users;

namespace WebChat.Actors.Rooms;

/// <summary>Somebody who enters a room.</summary>
public sealed record Person(UserId UserId, string Nickname);
