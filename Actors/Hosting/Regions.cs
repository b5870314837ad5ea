namespace WebChat.Actors.Hosting;

/// <summary>The key by which the region of accounts is asked for: <c>IRequiredActor&lt;AccountRegion&gt;</c>.</summary>
public sealed class AccountRegion;

/// <summary>The key of the region of users.</summary>
public sealed class UserRegion;

/// <summary>The key of the region of client sessions.</summary>
public sealed class ConnectionRegion;

/// <summary>The key of the region of rooms.</summary>
public sealed class RoomRegion;

/// <summary>The key of the region of the one room directory.</summary>
public sealed class DirectoryRegion;

/// <summary>The key of the region of the one matcher.</summary>
public sealed class MatcherRegion;

/// <summary>The key of the region of the one register of reports and bans.</summary>
public sealed class ReportsRegion;

/// <summary>The key of the region of the one actor that deletes accounts.</summary>
public sealed class ErasureRegion;

/// <summary>The key of the supervisor of the sockets.</summary>
public sealed class SocketSupervisor;
