namespace WebChat.Journal.V1;

/// <summary>An event in the journal.</summary>
public interface IEvent : Google.Protobuf.IMessage
{
    /// <summary>When it happened, in Unix milliseconds.</summary>
    long At { get; }
}

/// <summary>A snapshot of an entity.</summary>
public interface ISnapshot : Google.Protobuf.IMessage
{
    /// <summary>The time of the last event in it, in Unix milliseconds.</summary>
    long At { get; set; }
}

public partial class SignedUp : IEvent;

public partial class RefreshIssued : IEvent;

public partial class PasswordChanged : IEvent;

public partial class AccountDeleted : IEvent;

public partial class RefreshRevoked : IEvent;

public partial class AdminGranted : IEvent;

public partial class KeepRequested : IEvent;

public partial class KeepRefused : IEvent;

public partial class AccountKept : IEvent;

public partial class GuestNoted : IEvent;

public partial class GuestForgotten : IEvent;

public partial class AdminWithdrawn : IEvent;

public partial class Listed : IEvent;

public partial class Unlisted : IEvent;

public partial class ErasureRequested : IEvent;

public partial class ErasureDone : IEvent;

public partial class Enqueued : IEvent;

public partial class SearchPaused : IEvent;

public partial class SearchResumed : IEvent;

public partial class Withdrawn : IEvent;

public partial class Paired : IEvent;

public partial class PairOpened : IEvent;

public partial class Reported : IEvent;

public partial class ReportDismissed : IEvent;

public partial class BanImposed : IEvent;

public partial class BanLifted : IEvent;

public partial class BanCarriedOut : IEvent;

public partial class Drained : IEvent;

public partial class SessionOpened : IEvent;

public partial class SessionClosed : IEvent;

public partial class ProfileChanged : IEvent;

public partial class RoomEntered : IEvent;

public partial class RoomExited : IEvent;

public partial class RoomRead : IEvent;

public partial class RoomRequested : IEvent;

public partial class Blocked : IEvent;

public partial class Unblocked : IEvent;

public partial class PushSubscribed : IEvent;

public partial class PushUnsubscribed : IEvent;

public partial class Banned : IEvent;

public partial class Unbanned : IEvent;

public partial class UserDeleted : IEvent;

public partial class AccountSnapshot : ISnapshot;

public partial class DirectorySnapshot : ISnapshot;

public partial class ErasureSnapshot : ISnapshot;

public partial class GuestsSnapshot : ISnapshot;

public partial class MatcherSnapshot : ISnapshot;

public partial class ReportsSnapshot : ISnapshot;

public partial class RoomSnapshot : ISnapshot;

public partial class UserSnapshot : ISnapshot;
