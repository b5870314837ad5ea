namespace WebChat.Journal.V1;

/// <summary>What the matcher writes to the journal: its events and its snapshot.</summary>
public interface IMatcherRecord : Google.Protobuf.IMessage;

public partial class Enqueued : IMatcherRecord;

public partial class Withdrawn : IMatcherRecord;

public partial class Paired : IMatcherRecord;

public partial class PairOpened : IMatcherRecord;

public partial class MatcherSnapshot : IMatcherRecord;
