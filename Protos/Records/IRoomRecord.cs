namespace WebChat.Journal.V1;

/// <summary>What a room writes to the journal: its events and its snapshot.</summary>
public interface IRoomRecord : Google.Protobuf.IMessage;

public partial class MemberJoined : IRoomRecord;

public partial class MemberLeft : IRoomRecord;

public partial class MessagePosted : IRoomRecord;

public partial class RoomEnded : IRoomRecord;

public partial class RoomSnapshot : IRoomRecord;
