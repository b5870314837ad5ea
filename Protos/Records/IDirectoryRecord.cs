namespace WebChat.Journal.V1;

/// <summary>What the room directory writes to the journal: its events and its snapshot.</summary>
public interface IDirectoryRecord : Google.Protobuf.IMessage;

public partial class Listed : IDirectoryRecord;

public partial class Unlisted : IDirectoryRecord;

public partial class DirectorySnapshot : IDirectoryRecord;
