namespace WebChat.Journal.V1;

/// <summary>What a room writes to the journal: its events and its snapshot.</summary>
public interface IRoomRecord : Google.Protobuf.IMessage;

/// <summary>An event of a room.</summary>
public interface IRoomEvent : IRoomRecord
{
    /// <summary>When it happened, in Unix milliseconds.</summary>
    long At { get; }
}

public partial class MemberJoined : IRoomEvent;

public partial class MemberLeft : IRoomEvent;

public partial class MessagePosted : IRoomEvent;

public partial class MessageEdited : IRoomEvent;

public partial class MessageRemoved : IRoomEvent;

public partial class ReactionChanged : IRoomEvent;

public partial class PromptOpened : IRoomEvent;

public partial class PromptAnswered : IRoomEvent;

public partial class RoomKept : IRoomEvent;

public partial class RevealRaised : IRoomEvent;

public partial class RoomEnded : IRoomEvent;

public partial class RoomRenamed : IRoomEvent;

public partial class OwnerChanged : IRoomEvent;

public partial class CallStarted : IRoomEvent;

public partial class CallAnswered : IRoomEvent;

public partial class CallEnded : IRoomEvent;

public partial class RoomSnapshot : IRoomRecord;
