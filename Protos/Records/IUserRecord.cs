namespace WebChat.Journal.V1;

/// <summary>What a user writes to the journal: its events and its snapshot.</summary>
public interface IUserRecord : Google.Protobuf.IMessage;

public partial class ProfileChanged : IUserRecord;

public partial class RoomEntered : IUserRecord;

public partial class RoomExited : IUserRecord;

public partial class Blocked : IUserRecord;

public partial class Unblocked : IUserRecord;

public partial class Banned : IUserRecord;

public partial class Unbanned : IUserRecord;

public partial class UserDeleted : IUserRecord;

public partial class UserSnapshot : IUserRecord;
