namespace WebChat.Journal.V1;

/// <summary>What an account writes to the journal: its events and its snapshot.</summary>
public interface IAccountRecord : Google.Protobuf.IMessage;

public partial class SignedUp : IAccountRecord;

public partial class RefreshIssued : IAccountRecord;

public partial class RefreshRevoked : IAccountRecord;

public partial class AdminGranted : IAccountRecord;

public partial class AdminWithdrawn : IAccountRecord;

public partial class PasswordChanged : IAccountRecord;

public partial class AccountDeleted : IAccountRecord;

public partial class AccountSnapshot : IAccountRecord;
