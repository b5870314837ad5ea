using System.Security.Cryptography;
using System.Text;
using WebChat.Actors.Accounts;
using WebChat.Actors.Connections;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;

namespace WebChat.Actors;

/// <summary>The entities' ids in the journal.</summary>
public static class PersistenceIds
{
    /// <summary>The one room directory.</summary>
    public const string Directory = "room-directory";

    /// <summary>The one matcher.</summary>
    public const string Matcher = "matcher";

    /// <summary>The one register of reports and bans.</summary>
    public const string Reports = "reports";

    /// <summary>The deletion of accounts.</summary>
    public const string Erasures = "erasures";

    /// <summary>An account. The name itself stands nowhere on disk: these are 128 bits of its SHA-256.</summary>
    public static string Account(Username username) => $"account-{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(username.Key)).AsSpan(0, 16))}";

    /// <summary>A user.</summary>
    public static string User(UserId user) => $"user-{user}";

    /// <summary>A client session.</summary>
    public static string Session(SessionId session) => $"session-{session}";

    /// <summary>A room.</summary>
    public static string Room(RoomId room) => $"room-{room}";
}
