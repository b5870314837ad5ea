using Akka.Actor;
using WebChat.Journal.V1;

namespace WebChat.Actors.Journal;

/// <summary>Every record of every area, with its manifest.</summary>
public static class Records
{
    /// <summary>Accounts.</summary>
    public static RecordTable Accounts { get; } = new(
        ("account.signed-up.1", SignedUp.Descriptor),
        ("account.refresh-issued.1", RefreshIssued.Descriptor),
        ("account.refresh-revoked.1", RefreshRevoked.Descriptor),
        ("account.admin-granted.1", AdminGranted.Descriptor),
        ("account.admin-withdrawn.1", AdminWithdrawn.Descriptor),
        ("account.password-changed.1", PasswordChanged.Descriptor),
        ("account.deleted.1", AccountDeleted.Descriptor),
        ("account.snapshot.1", AccountSnapshot.Descriptor));

    /// <summary>Users.</summary>
    public static RecordTable Users { get; } = new(
        ("user.profile-changed.1", ProfileChanged.Descriptor),
        (RoomEnteredManifest, RoomEntered.Descriptor),
        ("user.room-exited.1", RoomExited.Descriptor),
        ("user.blocked.1", Blocked.Descriptor),
        ("user.unblocked.1", Unblocked.Descriptor),
        ("user.banned.1", Banned.Descriptor),
        ("user.unbanned.1", Unbanned.Descriptor),
        (UserDeletedManifest, UserDeleted.Descriptor),
        ("user.snapshot.1", UserSnapshot.Descriptor));

    /// <summary>Client sessions.</summary>
    public static RecordTable Sessions { get; } = new(
        ("session.opened.1", SessionOpened.Descriptor),
        ("session.closed.1", SessionClosed.Descriptor),
        ("session.snapshot.1", SessionSnapshot.Descriptor));

    /// <summary>Rooms.</summary>
    public static RecordTable Rooms { get; } = new(
        ("room.member-joined.1", MemberJoined.Descriptor),
        ("room.member-left.1", MemberLeft.Descriptor),
        (MessagePostedManifest, MessagePosted.Descriptor),
        ("room.message-edited.1", MessageEdited.Descriptor),
        ("room.message-removed.1", MessageRemoved.Descriptor),
        ("room.reaction-changed.1", ReactionChanged.Descriptor),
        ("room.prompt-opened.1", PromptOpened.Descriptor),
        ("room.prompt-answered.1", PromptAnswered.Descriptor),
        ("room.kept.1", RoomKept.Descriptor),
        ("room.reveal-raised.1", RevealRaised.Descriptor),
        ("room.ended.1", RoomEnded.Descriptor),
        ("room.renamed.1", RoomRenamed.Descriptor),
        ("room.owner-changed.1", OwnerChanged.Descriptor),
        ("room.call-started.1", CallStarted.Descriptor),
        ("room.call-answered.1", CallAnswered.Descriptor),
        ("room.call-ended.1", CallEnded.Descriptor),
        ("room.snapshot.1", RoomSnapshot.Descriptor));

    /// <summary>The room directory.</summary>
    public static RecordTable Directory { get; } = new(
        ("directory.listed.1", Listed.Descriptor),
        ("directory.unlisted.1", Unlisted.Descriptor),
        ("directory.snapshot.1", DirectorySnapshot.Descriptor));

    /// <summary>The matcher.</summary>
    public static RecordTable Matcher { get; } = new(
        ("matcher.enqueued.1", Enqueued.Descriptor),
        ("matcher.withdrawn.1", Withdrawn.Descriptor),
        ("matcher.paired.1", Paired.Descriptor),
        ("matcher.pair-opened.1", PairOpened.Descriptor),
        ("matcher.snapshot.1", MatcherSnapshot.Descriptor));

    /// <summary>The register of reports and bans.</summary>
    public static RecordTable Reports { get; } = new(
        ("reports.reported.1", Reported.Descriptor),
        ("reports.dismissed.1", ReportDismissed.Descriptor),
        ("reports.ban-imposed.1", BanImposed.Descriptor),
        ("reports.ban-lifted.1", BanLifted.Descriptor),
        ("reports.ban-carried-out.1", BanCarriedOut.Descriptor),
        ("reports.drained.1", Drained.Descriptor),
        ("reports.snapshot.1", ReportsSnapshot.Descriptor));

    /// <summary>The deletion of accounts.</summary>
    public static RecordTable Erasures { get; } = new(
        ("erasure.requested.1", ErasureRequested.Descriptor),
        ("erasure.done.1", ErasureDone.Descriptor),
        ("erasure.snapshot.1", ErasureSnapshot.Descriptor));

    /// <summary>What tells which rooms a user was ever in.</summary>
    public const string RoomEnteredManifest = "user.room-entered.1";

    /// <summary>Of whom nobody is left.</summary>
    public const string UserDeletedManifest = "user.deleted.1";

    /// <summary>What history looks for.</summary>
    public const string MessagePostedManifest = "room.message-posted.1";
}

/// <summary>Serializer 101.</summary>
public sealed class AccountSerializer(ExtendedActorSystem system) : RecordSerializer(system, 101, Records.Accounts);

/// <summary>Serializer 102.</summary>
public sealed class UserSerializer(ExtendedActorSystem system) : RecordSerializer(system, 102, Records.Users);

/// <summary>Serializer 103.</summary>
public sealed class SessionSerializer(ExtendedActorSystem system) : RecordSerializer(system, 103, Records.Sessions);

/// <summary>Serializer 104.</summary>
public sealed class RoomSerializer(ExtendedActorSystem system) : RecordSerializer(system, 104, Records.Rooms);

/// <summary>Serializer 105.</summary>
public sealed class DirectorySerializer(ExtendedActorSystem system) : RecordSerializer(system, 105, Records.Directory);

/// <summary>Serializer 106.</summary>
public sealed class MatcherSerializer(ExtendedActorSystem system) : RecordSerializer(system, 106, Records.Matcher);

/// <summary>Serializer 107.</summary>
public sealed class ReportsSerializer(ExtendedActorSystem system) : RecordSerializer(system, 107, Records.Reports);

/// <summary>Serializer 108.</summary>
public sealed class ErasureSerializer(ExtendedActorSystem system) : RecordSerializer(system, 108, Records.Erasures);
