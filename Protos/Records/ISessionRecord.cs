namespace WebChat.Journal.V1;

/// <summary>What a client session writes to the journal.</summary>
public interface ISessionRecord : Google.Protobuf.IMessage;

public partial class SessionOpened : ISessionRecord;

public partial class SessionClosed : ISessionRecord;

public partial class SessionSnapshot : ISessionRecord;
