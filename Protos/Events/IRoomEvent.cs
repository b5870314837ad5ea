namespace WebChat.Journal.V1;

/// <summary>An event of a room.</summary>
public interface IRoomEvent : IEvent;

/// <summary>A user joins or leaves a room.</summary>
public interface IMembershipEvent : IRoomEvent
{
    /// <summary>The user.</summary>
    string UserId { get; }
}

/// <summary>A change to a message.</summary>
public interface IMessageChange : IRoomEvent
{
    /// <summary>The message.</summary>
    string MessageId { get; }
}

public partial class MemberJoined : IMembershipEvent;

public partial class MemberLeft : IMembershipEvent;

public partial class MessagePosted : IRoomEvent;

public partial class MessageEdited : IMessageChange;

public partial class MessageRemoved : IMessageChange;

public partial class ReactionChanged : IMessageChange;

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
