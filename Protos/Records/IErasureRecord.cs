namespace WebChat.Journal.V1;

/// <summary>What the deletion of accounts writes to the journal: its events and its snapshot.</summary>
public interface IErasureRecord : Google.Protobuf.IMessage;

public partial class ErasureRequested : IErasureRecord;

public partial class ErasureDone : IErasureRecord;

public partial class ErasureSnapshot : IErasureRecord;
