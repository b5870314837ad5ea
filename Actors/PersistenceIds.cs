using System.Security.Cryptography;
using System.Text;
using WebChat.Actors.Accounts;
using WebChat.Actors.Connections;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;

namespace WebChat.Actors;

/// <summary>The persistence ids of the entities.</summary>
public static class PersistenceIds
{
    /// <summary>The single room directory.</summary>
    public const string Directory = "room-directory";

    /// <summary>The single matcher.</summary>
    public const string Matcher = "matcher";

    /// <summary>The single register of reports and bans.</summary>
    public const string Reports = "reports";

    /// <summary>The erasure of accounts.</summary>
    public const string Erasures = "erasures";

    /// <summary>The list of guests.</summary>
    public const string Guests = "guests";

    /// <summary>An account: 128 bits of the SHA-256 of its name. The name itself is not on disk.</summary>
    public static string Account(Username username) => $"account-{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(username.Key)).AsSpan(0, 16))}";

    /// <summary>A user.</summary>
    public static string User(UserId user) => $"user-{user}";

    /// <summary>A client session.</summary>
    public static string Session(SessionId session) => $"session-{session}";

    /// <summary>A room.</summary>
    public static string Room(RoomId room) => $"room-{room}";
}
