namespace WebChat.Journal.V1;

/// <summary>What a room writes to the journal: its events and its snapshot.</summary>
public interface IRoomRecord : Google.Protobuf.IMessage;

public partial class MemberJoined : IRoomRecord;

public partial class MemberLeft : IRoomRecord;

public partial class MessagePosted : IRoomRecord;

public partial class MessageEdited : IRoomRecord;

public partial class MessageRemoved : IRoomRecord;

public partial class ReactionChanged : IRoomRecord;

public partial class PromptOpened : IRoomRecord;

public partial class PromptAnswered : IRoomRecord;

public partial class RoomKept : IRoomRecord;

public partial class RevealRaised : IRoomRecord;

public partial class RoomEnded : IRoomRecord;

public partial class RoomRenamed : IRoomRecord;

public partial class OwnerChanged : IRoomRecord;

public partial class CallStarted : IRoomRecord;

public partial class CallAnswered : IRoomRecord;

public partial class CallEnded : IRoomRecord;

public partial class RoomSnapshot : IRoomRecord;
