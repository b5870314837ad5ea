namespace WebChat.Journal.V1;

/// <summary>An event of a room.</summary>
public interface IRoomEvent : IEvent;

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
