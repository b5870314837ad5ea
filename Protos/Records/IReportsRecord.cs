namespace WebChat.Journal.V1;

/// <summary>What the register of reports and bans writes to the journal: its events and its snapshot.</summary>
public interface IReportsRecord : Google.Protobuf.IMessage;

public partial class Reported : IReportsRecord;

public partial class ReportDismissed : IReportsRecord;

public partial class BanImposed : IReportsRecord;

public partial class BanLifted : IReportsRecord;

public partial class BanCarriedOut : IReportsRecord;

public partial class Drained : IReportsRecord;

public partial class ReportsSnapshot : IReportsRecord;
